import { readEnvironment } from '../../lambda/handlers/environment.ts';

const whole = { IAM_VIGIL_BUCKET: 'store', IAM_VIGIL_FINDINGS_REGION: 'eu-west-1' };
const settings = { bucket: 'store', findingsRegion: 'eu-west-1', deliver: 'security-hub', configFile: undefined };

describe('the environment', () => {
  test.each<[name: string, more: Readonly<Record<string, string>>, expected: object]>([
    ['the least', {}, settings],
    [
      'everything',
      { IAM_VIGIL_DELIVER: 'none', IAM_VIGIL_CONFIG: 'a.yaml' },
      { ...settings, deliver: 'none', configFile: 'a.yaml' },
    ],
    ['another partition', { IAM_VIGIL_FINDINGS_REGION: 'us-gov-west-1' }, { ...settings, findingsRegion: 'us-gov-west-1' }],
    ['the European cloud', { IAM_VIGIL_FINDINGS_REGION: 'eusc-de-east-1' }, { ...settings, findingsRegion: 'eusc-de-east-1' }],
    ['what is not ours', { PATH: '/bin' }, settings],
  ])('%s is read', (_name, more, expected) => {
    expect(readEnvironment({ ...whole, ...more })).toEqual(expected);
  });

  test.each<[name: string, more: Readonly<Record<string, string | undefined>>, variable: string]>([
    ['no bucket', { IAM_VIGIL_BUCKET: undefined }, 'IAM_VIGIL_BUCKET'],
    ['an empty bucket', { IAM_VIGIL_BUCKET: '' }, 'IAM_VIGIL_BUCKET'],
    ['no Region', { IAM_VIGIL_FINDINGS_REGION: undefined }, 'IAM_VIGIL_FINDINGS_REGION'],
    ['what is no Region', { IAM_VIGIL_FINDINGS_REGION: 'Ireland' }, 'IAM_VIGIL_FINDINGS_REGION'],
    ['an unknown receiver', { IAM_VIGIL_DELIVER: 'email' }, 'IAM_VIGIL_DELIVER'],
    ['an empty path', { IAM_VIGIL_CONFIG: '' }, 'IAM_VIGIL_CONFIG'],
  ])('%s is refused by name', (_name, more, variable) => {
    expect(() => readEnvironment({ ...whole, ...more })).toThrow(variable);
  });
});
