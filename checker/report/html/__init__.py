"""The report as web pages that need no network: one for the class, and one for each learner and each exercise."""
