#!/usr/bin/env bash
# Runs once, when the autograder's image is built.
set -eu
apt-get update
apt-get install -y python3 python3-venv gcc python3-dev
python3 -m venv /autograder/venv
/autograder/venv/bin/pip install '$package'
id kata >/dev/null 2>&1 || useradd --system --no-create-home kata
chmod -R go-w /autograder/venv
