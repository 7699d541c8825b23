/**
 * The environment of a child process that is to call the loopback AWS at this endpoint and nothing else: made-up credentials, no
 * profile and no configuration of whoever runs the tests. Start it asynchronously (`spawn`, `execFile`): the server answers from
 * the process that waits.
 */
export const environmentFor = (endpoint: string): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '',
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
});

/** Runs with these environment variables and puts the old ones back; what the AWS SDK reads is read while it calls. */
export async function withEnvironment<T>(environment: Readonly<Record<string, string>>, run: () => Promise<T>): Promise<T> {
  const before = process.env;
  process.env = { ...environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  try {
    return await run();
  } finally {
    process.env = before;
  }
}
