"""For all tests: kpf is run as on a person's own machine, also where a build server runs the tests."""

import os

# Before anything is started: fixtures of a module run earlier than a fixture of each test could take them away.
for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TF_BUILD", "AGENT_TEMPDIRECTORY", "GITLAB_CI"):
    os.environ.pop(name, None)
