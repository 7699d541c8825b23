"""Whether the contract test sees what is wrong: each case puts one fault into an exchange that is right."""

import base64
import json
import unittest

from command_texts import commands_in, commands_in_source
from commands import Parser
from exchanges import differences_of


def packed(text):
    return base64.b64encode(text.encode()).decode()


def exchange(service, request, answer, status=200, **more):
    usual = {'method': 'POST', 'url': '/', 'headers': {}, 'answerHeaders': {}}
    return json.dumps({'service': service, **usual, 'body': packed(request), 'status': status, 'answer': packed(answer), **more})


def list_keys(request='UserName=ann', key='AKIAIOSFODNN7EXAMPLE', state='Active', more='', **how):
    member = f'<member><UserName>ann</UserName><AccessKeyId>{key}</AccessKeyId><Status>{state}</Status>{more}</member>'
    result = f'<ListAccessKeysResult><AccessKeyMetadata>{member}</AccessKeyMetadata></ListAccessKeysResult>'
    answer = f'<ListAccessKeysResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">{result}</ListAccessKeysResponse>'
    return exchange('iam', f'Version=2010-05-08&Action=ListAccessKeys&{request}', how.pop('answer', answer), **how)


def error(code):
    return f'<ErrorResponse><Error><Code>{code}</Code></Error></ErrorResponse>'


def organizations(action, request, answer, **how):
    headers = {'x-amz-target': f'AWSOrganizationsV20161128.{action}'}
    return exchange('organizations', json.dumps(request), json.dumps(answer), headers=headers, **how)


def list_projects(answer):
    return exchange('codebuild', '{}', json.dumps(answer), headers={'x-amz-target': 'CodeBuild_20161006.ListProjects'})


def get_findings(request='{}', answer='{"Findings": []}', **how):
    return exchange('securityhub', request, answer, url='/findings', **how)


FAULTS = {
    'nothing': (list_keys(), []),
    'a parameter that is not there': (list_keys('UserNam=ann'), ['UserNam: is no member']),
    'a number out of range': (list_keys('MaxItems=1001'), ['MaxItems: is 1001, where 1000 is the most']),
    'text that is no number': (list_keys('MaxItems=many'), ["MaxItems: 'many' is no integer"]),
    'a name off the pattern': (list_keys('UserName=a+b'), ["UserName: 'a b' is not of the pattern"]),
    'an id that is too short': (list_keys(key='AKIA'), ['AccessKeyId: is 4, where 16 is the least']),
    'a value off the enum': (list_keys(state='On'), ["Status: 'On' is not one of"]),
    'a member that is not there': (list_keys(more='<Arn>a</Arn>'), ['Arn: is no member of AccessKeyMetadata']),
    'a date that is none': (list_keys(more='<CreateDate>soon</CreateDate>'), ["CreateDate: 'soon' is no timestamp"]),
    'a member that is missing': (
        list_keys(answer='<ListAccessKeysResponse><ListAccessKeysResult/></ListAccessKeysResponse>'),
        ['AccessKeyMetadata: is required'],
    ),
    'an error of the model': (list_keys(answer=error('NoSuchEntity'), status=404), []),
    'its status': (list_keys(answer=error('NoSuchEntity'), status=400), ['NoSuchEntity: status is 400, where 404 is meant']),
    'an error of another action': (list_keys(answer=error('ReportExpired'), status=410), ['ReportExpired: is no error']),
    'an error of every action': (list_keys(answer=error('Throttling'), status=400), []),
    'a version of the API': (list_keys('Version=2009-01-01'), ['Version: is 2009-01-01']),
    'an action that is not there': (exchange('iam', 'Action=ListKeys&Version=2010-05-08', ''), ['ListKeys']),
    'JSON: nothing': (organizations('ListRoots', {}, {'Roots': []}), []),
    'JSON: a parameter': (organizations('ListRoots', {'Limit': 1}, {'Roots': []}), ['Limit: is no member']),
    'JSON: a required parameter': (organizations('DescribePolicy', {}, {}), ['PolicyId: is required']),
    'JSON: an id': (organizations('ListRoots', {}, {'Roots': [{'Id': 'root'}]}), ["Id: 'root' is not of the pattern"]),
    'JSON: text in place of a date': (
        organizations('ListAccounts', {}, {'Accounts': [{'JoinedTimestamp': '2026-11-20T03:00:00Z'}]}),
        ['JoinedTimestamp'],
    ),
    'JSON: an empty list of CodeBuild, which AWS sends': (list_projects({'projects': []}), []),
    'JSON: a project without a name': (list_projects({'projects': ['']}), ['projects[0]: is 0, where 1 is the least']),
    'REST: nothing': (get_findings(), []),
    'REST: a parameter': (get_findings('{"Filter": {}}'), ['Filter: is no member']),
    'REST: a path': (get_findings(method='GET'), ['no operation is GET /findings']),
    'REST: the status of an error': (
        get_findings(answer='{}', status=403, answerHeaders={'x-amzn-errortype': 'InvalidAccessException'}),
        ['InvalidAccessException: status is 403, where 401 is meant'],
    ),
}

COMMANDS = {
    'aws iam list-access-keys --user-name ann': [],
    'aws iam list-access-keys --user ann --nam x': ['Unknown options'],
    'aws iam list-keys': ['Invalid choice'],
    'aws iam get-role': ['the following arguments are required: --role-name'],
    'aws iam update-access-key --access-key-id KEY --status Off': ["Status: 'Off' is not one of"],
    'aws iam delete-access-key --access-key-id akia': ['AccessKeyId: is 4'],
    'aws iam tag-user --user-name ann --tags Name=a,Value=b': ['Key: is required', 'Name'],
    'aws iam put-user-policy --user-name ann --policy-name x --policy-document file://deny.json': [],
    'aws cloudtrail lookup-events --start-time 2026-11-20T03:00:00Z': [],
    'aws cloudtrail lookup-events --start-time soon': ["'soon' is no timestamp"],
    'aws s3 rb s3://bucket --force': [],
    'aws s3 rb --force': ['the following arguments are required'],
}


class ContractTest(unittest.TestCase):
    def test_exchanges(self):
        for name, (line, expected) in FAULTS.items():
            with self.subTest(name):
                _, found = differences_of(line)
                for part in expected:
                    self.assertTrue(any(part in difference for difference in found), found)
                if not expected:
                    self.assertEqual(found, [])

    def test_commands(self):
        parser = Parser()
        for command, expected in COMMANDS.items():
            with self.subTest(command):
                faults = parser.faults(command.split()[1:])
                for part in expected:
                    self.assertTrue(any(part in fault for fault in faults), faults)
                if not expected:
                    self.assertEqual(faults, [])

    def test_commands_in_prose(self):
        text = "Save it (aws iam get-role --role-name 'a b' --output json > x), then aws iam list-users. It's done."
        self.assertEqual(
            list(commands_in(text)),
            [['iam', 'get-role', '--role-name', 'a b', '--output', 'json'], ['iam', 'list-users']],
        )

    def test_commands_in_code(self):
        text = '```sh\naws s3 rb s3://<bucket> --force # all\naws iam get-role \\\n  --role-name x | jq .\n```'
        self.assertEqual(
            list(commands_in(text)),
            [['s3', 'rb', 's3://NAME', '--force'], ['iam', 'get-role', '--role-name', 'x']],
        )

    def test_commands_in_sources(self):
        text = "cli('iam update-role', { 'role-name': name, status: 'On', region }) + cli(`iam get-${kind}-policy`, { ...all })"
        self.assertEqual(
            list(commands_in_source(text)),
            [
                (['iam', 'update-role', '--role-name', 'VALUE', '--status', 'On', '--region', 'VALUE'], False),
                (['iam', 'get-user-policy'], True),
            ],
        )


if __name__ == '__main__':
    unittest.main()
