const hosts: readonly (readonly [region: RegExp, host: string])[] = [
  [/^cn-/, 'console.amazonaws.cn'],
  [/^us-gov-/, 'console.amazonaws-us-gov.com'],
];

/** The host of the AWS console in a Region. */
export const consoleHost = (region: string): string =>
  `${region}.${hosts.find(([pattern]) => pattern.test(region))?.[1] ?? 'console.aws.amazon.com'}`;
