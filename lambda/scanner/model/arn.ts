/** The five parts of an ARN after `arn:`; `resource` has everything after the fifth colon. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/**
 * The parts of an ARN, or undefined where the text is not one (the serial number of a hardware token, for example).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(':');
  if (prefix !== 'arn' || !partition || !service || region === undefined || accountId === undefined) return undefined;
  return { partition, service, region, accountId, resource: resource.join(':') };
}

/** The ARN of the root user of an account. */
export const rootArn = (partition: string, accountId: string): string => `arn:${partition}:iam::${accountId}:root`;

/** Whether the text is an account id: twelve digits. */
export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text);

/** Whether the ARN is that of the root user of an account; a user can be named `groot`, and a path `/root-ops/`. */
export const isRootArn = (arn: string): boolean => parseArn(arn)?.resource === 'root';
