import { checks } from '../../lambda/scanner/checks/index.ts';
import { permissionsPolicy } from '../../lambda/scanner/permissions.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { withFolder } from '../collect/folders.ts';
import { acme, iamVigil, sample } from './run.ts';

const source = ['--profile', '--region', '--timeout'];
const account = [...source, '--snapshot', '--taken-at', '--now'];
const organizations = ['--organization', '--role', '--external-id', '--config'];

/** Every command, in the order of the help, with every option: what scripts rely on. */
const commands: Readonly<Record<string, readonly string[]>> = {
  scan: [
    ...[
      ...account,
      '--inventory',
      '--security-hub',
      '--dry-run',
      '--format',
      '--output',
      '--all',
      '--details',
      '--by',
      '--save-snapshot',
      '--debug',
      '--baseline',
    ],
    ...[...organizations, '--checks', '--min-severity', '--principal', '--account', '--fail-on'],
  ],
  admins: [...account, '--inventory', '--format', '--all'],
  explain: [...account, '--format'],
  diff: ['--format', '--config', '--fail-on'],
  contain: [...account, '--inventory', '--since', '--format'],
  'check-change': [
    '--before',
    '--after',
    '--template',
    '--parameter',
    '--plan',
    '--account',
    '--what-if',
    '--attach-to',
    '--format',
    '--config',
    '--fail-on',
  ],
  except: [...account, '--reason', '--owner', '--ticket', '--expires', '--config'],
  collect: [...source, '--inventory', '--output'],
  checks: ['--format', '--standard'],
  permissions: ['--inventory', '--security-hub'],
  archive: source,
  init: [],
  template: ['--output', '--settings'],
  doctor: [...source, ...organizations, '--format'],
};

/** The names at the left margin of a part of the help. */
const listedIn = (help: string, part: string, name: RegExp): readonly string[] =>
  (help.split(`\n${part}:\n`)[1]?.split('\n\n')[0] ?? '').split('\n').flatMap((line) => name.exec(line)?.[0].trim() ?? []);

describe('help', () => {
  test('lists the commands and no others, with examples and exit codes, in either way to ask', async () => {
    const [{ code, stdout, stderr }, other] = await Promise.all([iamVigil(['--help']), iamVigil(['help'])]);
    expect([code, stderr]).toEqual([0, '']);
    expect(other).toEqual({ code, stdout, stderr });
    expect(listedIn(stdout, 'Commands', /^ {2}[a-z-]+/)).toEqual([...Object.keys(commands), 'help']);
    expect(stdout).toContain('Exit codes: 0 success, 1 findings at or above --fail-on, 2 no scan was performed');
  });

  test.each(Object.entries(commands))('%s --help lists its options and no others', async (command, options) => {
    const { code, stdout, stderr } = await iamVigil([command, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(listedIn(stdout, 'Options', /^ {2}--[a-z-]+/)).toEqual(options);
  });

  test('the version is that of the package', async () => {
    expect(await iamVigil(['--version'])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  });
});

describe('an error ends with exit code 2, a first line that says that there was no scan, and nothing on stdout', () => {
  const cases: Readonly<Record<string, { args: readonly string[]; says: RegExp }>> = {
    'an unknown command': { args: ['scna'], says: /unknown command 'scna'/ },
    'an unknown option': { args: ['scan', '--snapshots', 'x'], says: /unknown option '--snapshots'/ },
    'an argument too many': { args: ['scan', 'x'], says: /too many arguments/ },
    'a time of collection without saved files': {
      args: ['scan', '--taken-at', '2026-11-20'],
      says: /--taken-at needs --snapshot/,
    },
    'an option without its value': { args: ['scan', '--snapshot'], says: /argument missing/ },
    'an unknown format': { args: ['scan', '--format', 'xml'], says: /'xml' is invalid.*text, json/ },
    'a format that objects inherit': { args: ['scan', '--format', 'constructor'], says: /'constructor' is invalid/ },
    'an unknown severity': { args: ['scan', '--fail-on', 'bad'], says: /'bad' is invalid.*critical/ },
    'an empty severity': { args: ['scan', '--min-severity', ''], says: /is invalid/ },
    'a missing earlier snapshot': {
      args: ['scan', ...sample, '--baseline', 'nowhere'],
      says: /nowhere cannot be read/,
    },
    'a text that is not a date': { args: ['scan', '--now', 'soon'], says: /'soon' is invalid.*2026-11-20T03:00:00Z/ },
    'a number instead of a date': {
      args: ['scan', ...sample, '--now', '5'],
      says: /'5' is invalid.*2026-11-20T03:00:00Z/,
    },
    'unknown checks': {
      args: ['scan', ...sample, '--checks', 'root-without-mfa,no-such,nor-this'],
      says: /unknown check: no-such, nor-this\. iam-vigil checks lists all checks/,
    },
    'no check': {
      args: ['scan', ...sample, '--checks', ','],
      says: /--checks needs at least one check ID\. iam-vigil checks lists all checks/,
    },
    'a missing snapshot': { args: ['scan', '--snapshot', 'no/such'], says: /no\/such cannot be read: ENOENT/ },
    'a file that is not a snapshot': {
      args: ['scan', '--snapshot', 'package.json'],
      says: /package\.json is neither a snapshot/,
    },
    'a missing configuration': {
      args: ['scan', ...sample, '--config', 'no-such.yaml'],
      says: /no-such\.yaml cannot be read: ENOENT/,
    },
    'saving a snapshot that was not collected': {
      args: ['scan', ...sample, '--save-snapshot', '/dev/null'],
      says: /--save-snapshot cannot be combined with --snapshot/,
    },
    'an inventory of saved files': {
      args: ['scan', ...sample, '--inventory'],
      says: /--inventory cannot be combined with --snapshot/,
    },
    'a result that cannot be written': {
      args: ['scan', ...sample, '--output', '/no/such/folder/out.json'],
      says: /\/no\/such\/folder\/out\.json cannot be written: folder \/no\/such\/folder does not exist/,
    },
    'a snapshot that cannot be written': {
      args: ['scan', '--save-snapshot', '/no/such/folder/out.json'],
      says: /\/no\/such\/folder\/out\.json cannot be written: folder \/no\/such\/folder does not exist/,
    },
    'a collected snapshot that cannot be written': {
      args: ['collect', '--output', '/no/such/folder/out.json'],
      says: /\/no\/such\/folder\/out\.json cannot be written: folder \/no\/such\/folder does not exist/,
    },
    'a result in place of a folder': {
      args: ['scan', ...sample, '--output', acme],
      says: /acme cannot be written: it is a folder/,
    },
    'nothing to explain': { args: ['explain'], says: /missing required argument/ },
    'an unknown check to explain': {
      args: ['explain', 'no-such', ...sample],
      says: /no-such is neither the ID of a check nor an ARN.*checks lists all checks/,
    },
    'an unknown principal to explain': {
      args: ['explain', 'arn:aws:iam::777788889999:user/missing', ...sample],
      says: /principal arn:aws:iam::777788889999:user\/missing does not exist/,
    },
    'a principal of another account to explain': {
      args: ['explain', 'arn:aws:iam::999988887777:user/ann', ...sample],
      says: /account 999988887777 was not scanned\. Scanned accounts: 555566667777, 777788889999, 111122223333, 444455556666/,
    },
    'a part of a name that is not unique': {
      args: ['explain', 'deploy', ...sample],
      says: /deploy is not unique\. It fits arn:aws:iam::777788889999:user\/ci\/ci-deployer, .* and 1 more/,
    },
    'a principal that no account has': {
      args: ['scan', '--principal', 'no-such', ...sample],
      says: /no user, role, group or policy of the scanned accounts has no-such as its ARN, its name or a part of them/,
    },
    'an account that was not scanned': {
      args: ['scan', '--account', 'sandbox', ...sample],
      says: /account sandbox was not scanned\. Scanned accounts: 555566667777, /,
    },
    'an unknown group of findings': {
      args: ['scan', '--by', 'severity'],
      says: /'severity' is invalid.*check, principal, account/,
    },
    'a collect without an output file': { args: ['collect'], says: /required option '--output <file>' not specified/ },
  };

  test.each(Object.entries(cases))('%s', async (_name, { args, says }) => {
    const { code, stdout, stderr } = await iamVigil(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^no scan was performed: /);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('without a command the help is shown', async () => {
    const { code, stdout, stderr } = await iamVigil([]);
    expect([code, stderr]).toEqual([
      2,
      'no scan was performed: no command given. Run iam-vigil scan, or iam-vigil --help for all commands\n',
    ]);
    expect(stdout).toMatch(/^Usage: iam-vigil /);
  });

  const unseen = { 'password-policy.json': 'null', 'caller-identity.json': { Arn: 'arn:aws:iam::111122223333:user/ann' } };
  test.each([
    ['the admins', ['admins']],
    ['why a principal is admin,', ['explain', 'arn:aws:iam::111122223333:user/ann']],
  ])('%s of an account whose identities could not be collected', async (_name, command) => {
    const { code, stderr } = await withFolder(unseen, (folder) => iamVigil([...command, '--snapshot', folder]));
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /^no scan was performed: the identities of account .* could not be collected: it is not in the snapshot/,
      ),
    ]);
  });
});

describe('checks', () => {
  test('lists every check, one a line', async () => {
    const { code, stdout, stderr } = await iamVigil(['checks']);
    expect([code, stderr]).toEqual([0, '']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ {2,}/)[1]),
    ).toEqual(checks.map(({ id }) => id));
  });

  test('--format json has the shape that is promised', async () => {
    const { stdout } = await iamVigil(['checks', '--format', 'json']);
    const catalogue = JSON.parse(stdout) as { schemaVersion: number; checks: readonly Record<string, unknown>[] };
    expect(Object.keys(catalogue)).toEqual(['schemaVersion', 'checks']);
    expect(catalogue.schemaVersion).toBe(1);
    expect(catalogue.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    for (const check of catalogue.checks)
      expect(Object.keys(check)).toEqual(['id', 'title', 'severity', 'needs', 'params', 'standards', 'enabled']);
    expect(catalogue.checks.find(({ id }) => id === 'access-key-unused')).toMatchObject({
      severity: 'MEDIUM',
      needs: ['identities', 'credentialReport', 'accessKeys', 'accessKeyLastUsed'],
      params: { maxUnusedDays: 45 },
      enabled: true,
    });
  });
});

describe('checks --standard', () => {
  test('lists every control of the standard, with the checks that cover it or the reason why none does', async () => {
    const { code, stdout, stderr } = await iamVigil(['checks', '--standard', 'CIS AWS 7.0']);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => /^\d/.test(line)).map((line) => line.split(' ')[0])).toEqual([
      ...['2.1.1', '2.1.2', '2.1.3', '2.1.4', '2.1.5', '2.1.6'],
      ...Array.from({ length: 20 }, (_, index) => `2.${index + 2}`),
    ]);
    expect(stdout).toContain(
      '2.1.3  No workload runs in the management account\n       management-account-workload, management-account-user\n',
    );
    expect(stdout).toContain(
      '2.21   No resource policy allows every principal\n       not covered, because iam-vigil reads the resource policies of roles only',
    );
  });

  test('takes the name in any case, and prints JSON', async () => {
    const { stdout } = await iamVigil(['checks', '--standard', 'aws fsbp', '--format', 'json']);
    const { standard, controls } = JSON.parse(stdout) as { standard: string; controls: readonly { id: string }[] };
    expect(standard).toBe('AWS FSBP');
    expect(controls).toHaveLength(10);
    expect(controls[1]).toEqual({
      id: 'IAM.1',
      title: 'No policy in use allows every action on every resource',
      checks: ['policy-allows-everything'],
    });
  });

  test('names the standards that there are', async () => {
    const { code, stderr } = await iamVigil(['checks', '--standard', 'CIS 99']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'unknown standard: CIS 99. There are: CIS AWS 3.0, CIS AWS 5.0, CIS AWS 7.0, AWS FSBP, AWS Security Hub',
    );
  });
});

test('permissions prints the policy of a scan, and nothing else', async () => {
  const { code, stdout, stderr } = await iamVigil(['permissions']);
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toEqual(permissionsPolicy(checks));
});

test('permissions --security-hub adds what a delivery takes, in a statement of its own', async () => {
  const { code, stdout } = await iamVigil(['permissions', '--security-hub']);
  const delivery = {
    Sid: 'IamVigilSecurityHub',
    Effect: 'Allow',
    Action: ['securityhub:BatchImportFindings', 'securityhub:BatchUpdateFindings', 'securityhub:GetFindings'],
    Resource: '*',
  };
  const [scan] = permissionsPolicy(checks).Statement;
  expect([code, JSON.parse(stdout)]).toEqual([0, { Version: '2012-10-17', Statement: [scan, delivery] }]);
});

describe('explain', () => {
  const development = ['--snapshot', `${acme}/development`, '--now', '2026-11-20T03:00:00Z'];

  test('shows what a check looks for', async () => {
    const { code, stdout, stderr } = await iamVigil(['explain', 'access-key-unused']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^access-key-unused /);
    expect(stdout).toContain('maxUnusedDays: 45');
    expect(stdout).toContain('iam:GetAccessKeyLastUsed');
  });

  test('shows why a principal has its verdict', async () => {
    const arn = 'arn:aws:iam::777788889999:user/ci/ci-deployer';
    const { code, stdout, stderr } = await iamVigil(['explain', arn, ...development]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(arn);
    expect(stdout).toContain('1. sts:AssumeRole role/ci-deploy\n');
    expect(stdout).toContain('2. iam:PassRole + cloudformation:CreateStack role/cdk-');
    expect((await iamVigil(['explain', 'ci-deployer', ...development])).stdout).toBe(stdout);
  });

  test.each([
    ['a check', 'access-key-unused', 'check', { id: 'access-key-unused', params: { maxUnusedDays: 45 } }],
    ['a principal', 'sven.larsen', 'principal', { arn: 'arn:aws:iam::777788889999:user/sven.larsen', verdict: 'admin' }],
    ['a group', 'group/developers', 'group', { arn: 'arn:aws:iam::777788889999:group/developers' }],
    ['a policy', 'CdkDeploy', 'policy', { holders: [{ isOnPath: true }, { isOnPath: true }] }],
  ])('--format json tells the same of %s', async (_name, subject, key, told) => {
    const { code, stdout, stderr } = await iamVigil(['explain', subject, ...development, '--format', 'json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, [key]: told });
  });
});

describe('admins', () => {
  type Principal = Readonly<Record<string, unknown>> & { readonly verdict: string };
  const list = async (...more: readonly string[]) => {
    const { code, stdout, stderr } = await iamVigil(['admins', ...sample, '--format', 'json', ...more]);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as {
      readonly schemaVersion: 1;
      readonly account: string;
      readonly principals: readonly Principal[];
    };
  };

  test('--format json has the shape that is promised', async () => {
    const { schemaVersion, account, principals } = await list();
    expect([schemaVersion, account]).toEqual([1, '111122223333']);
    const required = ['arn', 'type', 'verdict', 'platform', 'conditions', 'blockedBy', 'path'];
    for (const principal of principals) expect(Object.keys(principal)).toEqual(expect.arrayContaining(required));
    const steps = principals.flatMap(({ path }) => path as readonly Record<string, unknown>[]);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps)
      expect(Object.keys(step)).toEqual(expect.arrayContaining(['rule', 'aliases', 'actions', 'from', 'to', 'statements']));
    expect(steps.flatMap(({ statements }) => statements)).toContainEqual(
      expect.objectContaining({ policy: expect.any(String) as string, index: expect.any(Number) as number }),
    );
    const conditional = principals.filter(({ verdict }) => verdict === 'conditional');
    expect(conditional.length).toBeGreaterThan(0);
    for (const { would, conditions } of conditional) {
      expect(would).toEqual(expect.any(String));
      expect(conditions).toContainEqual({
        key: expect.any(String) as string,
        controlledBy: expect.stringMatching(/^(caller|environment|time)$/) as string,
        text: expect.any(String) as string,
      });
    }
  });

  test('--all also lists principals without a path to admin', async () => {
    const [some, all] = [await list(), await list('--all')];
    const isElsewhere = (principal: Principal) => 'reach' in principal;
    expect(some.principals.filter((principal) => principal.verdict === 'none' && !isElsewhere(principal))).toEqual([]);
    expect(all.principals.filter((principal) => principal.verdict !== 'none' || isElsewhere(principal))).toEqual(some.principals);
    expect(all.principals.length).toBeGreaterThan(some.principals.length);
  });

  test('tells of one that is named', async () => {
    const { principals } = await list('sven.lar');
    expect(principals).toMatchObject([{ arn: 'arn:aws:iam::777788889999:user/sven.larsen', verdict: 'admin' }]);
  });

  test('as text counts as a scan does', async () => {
    const [admins, all, scan] = await Promise.all([
      iamVigil(['admins', ...sample]),
      iamVigil(['admins', ...sample, '--all']),
      iamVigil(['scan', ...sample, '--checks', 'admin-user']),
    ]);
    const counts = /^15 admin, \d+ can become admin, .* platform roles; \d+ people through IAM Identity Center$/m;
    const [line = 'none'] = counts.exec(scan.stdout) ?? [];
    expect(admins.stdout.endsWith(`\n\n${line}\n`)).toBe(true);
    expect(all.stdout.endsWith(`\n\n${line}\n`)).toBe(true);
    expect(admins.stdout).toMatch(/^Admin: .* \(15, and \d+ platform roles, and \d+ root\)$/m);
  });

  test('tells what each can do: all of it with the account, or what its policies allow and its reach adds', async () => {
    const { principals } = await list('--all');
    const of = (name: string) => principals.find(({ arn }) => String(arn).endsWith(name))?.['abilities'];
    const six = ['persist', 'read data', 'destroy data', 'spend', 'send messages', 'blind'];
    expect(of(':user/ci/ci-deployer')).toEqual(['take over', ...six, 'move to other accounts']);
    expect(of(':user/services/svc-orders-export')).toEqual(['read data']);
    expect(of(':user/dan.okafor')).toEqual(six);
    expect(of(':user/staff/mia.tanaka')).toEqual(['read data', 'destroy data', 'move to other accounts']);
    const { stdout } = await iamVigil(['admins', ...sample]);
    expect(stdout).toContain('\n      can read data, destroy data, move to other accounts\n');
    expect(stdout).not.toContain('can take over');
  });

  test('as text names them by verdict', async () => {
    const { code, stdout, stderr } = await iamVigil(['admins', ...sample]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Admin: .*\n {2}arn:/);
  });
});
