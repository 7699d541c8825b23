import { services } from '../../policy/services.ts';
import { passRoleTechniques } from '../pass-role-techniques.ts';
import { existingComputeTechniques } from '../existing/index.ts';

/**
 * Names in service principals that are not the prefix of an IAM action. None of these services acts for the caller with a role that
 * the caller passes to it, except by the actions of the techniques.
 */
const otherNames = [
  ...['acm-pca', 'airflow-env', 'apidestinations', 'automation', 'batchoperations', 'billing', 'build', 'channels'],
  ...['cloudwatch-crossaccount', 'config-conforms', 'config-multiaccountsetup', 'connect-campaigns', 'cost-optimization-hub'],
  ...['cur', 'deeplens', 'delivery', 'drt', 'ec2fleet', 'ec2scheduled', 'ecs-tasks', 'edgelambda', 'eks-connector'],
  ...['eks-fargate', 'eks-fargate-pods', 'eks-local-outpost', 'eks-nodegroup', 'emr-wal', 'export', 'importexport'],
  ...['iotroborunner', 'iotthingsgraph', 'lexv2', 'logger', 'macie', 'malware-protection-plan', 'marketplace', 'member'],
  ...['mobilehub', 'monitoring', 'mwaa', 'notifications', 'opensearchservice', 'opsworks-cm', 'osis-pipelines', 'pinpoint'],
  ...['rds-custom', 'redshift-linked', 'replicator', 'reports', 'sms', 'spot', 'spotfleet', 'ssm-guiconnect', 'streams'],
  ...['sumerian', 'supportplans', 'transitgateway', 'vmie', 'vpc-flow-logs', 'waf', 'wafv2', 'workspaces-instances'],
];

const names = new Set([
  ...services,
  ...otherNames,
  ...[...passRoleTechniques, ...existingComputeTechniques].flatMap(({ service }) => namesIn(service)),
]);

/** The names in a service principal: `tasks` and `apprunner` in `tasks.apprunner.amazonaws.com`. */
function namesIn(service: string): readonly string[] {
  return service.replace(/\.amazonaws\.com$/, '').split('.');
}

/** Whether one of the names in a service principal, in its commercial form, is that of a service whose actions are all known. */
export const isKnownService = (service: string): boolean => namesIn(service).some((name) => names.has(name));

/** Whether a service principal, in its commercial form, is one of AWS that is in no table. */
export const isUnknownService = (service: string): boolean => service.endsWith('.amazonaws.com') && !isKnownService(service);

/** The prefix that the actions of an unknown service have most likely: the last name in its service principal. */
export const prefixOf = (service: string): string => namesIn(service).at(-1) ?? service;
