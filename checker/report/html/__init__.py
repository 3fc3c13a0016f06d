"""The report as a folder of web pages that need no network: one page for the class, per learner and per exercise."""
