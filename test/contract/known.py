"""Where AWS is known to answer otherwise than its model says."""

import shapes


def as_modeled(action, answer):
    """The answer, with anything in place of what AWS sends against its model."""
    if action == 'iam:ListVirtualMFADevices':
        # The root user has no name and no path, and the id of its account.
        for device in answer.get('VirtualMFADevices', []):
            if device.get('User', {}).get('Arn', '').endswith(':root'):
                device['User'] = shapes.ANYTHING
    if action == 'codebuild:ListProjects' and answer.get('projects') == []:
        # Lists of CodeBuild can be empty, where the model wants one item: https://github.com/aws/aws-sdk/issues/343
        answer['projects'] = shapes.ANYTHING
    if action == 'iam:ListRoles':
        # botocore 1.44.8 has it, and the one of the AWS CLI (1.46.3) does not yet.
        for role in answer.get('Roles', []):
            role.pop('MaxSigninSessionDuration', None)
    _boundaries(answer)
    return answer


def _boundaries(value):
    """The type of every boundary is `Policy`, where the model knows `PermissionsBoundaryPolicy` alone."""
    for item in value if isinstance(value, list) else value.values() if isinstance(value, dict) else []:
        _boundaries(item)
    if isinstance(value, dict) and value.get('PermissionsBoundaryType') == 'Policy':
        value['PermissionsBoundaryType'] = shapes.ANYTHING
