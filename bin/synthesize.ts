import { App, CfnParameter, CliCredentialsStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import cdkJson from '../cdk.json' with { type: 'json' };
import type { DeployedTemplate } from './deployer/policy.ts';
import { CODE_BUCKET } from './deployment.ts';
import type { Deployment } from './settings.ts';
import { addStacks } from './stacks.ts';
import { zip } from './zip.ts';

/** The folder for the code in that bucket. */
const CODE_FOLDER = 'iam-vigil/';

/** The templates of a deployment, and the code of its functions. */
export interface Synthesized {
  readonly templates: readonly {
    readonly stack: string;
    readonly template: DeployedTemplate;
    /** The names of the parameters without a default. */
    readonly parameters: readonly string[];
  }[];
  /** By the key under which the template expects it in the bucket. */
  readonly code: ReadonlyMap<string, Buffer>;
}

/**
 * The templates of a deployment, for an account that is not bootstrapped for the CDK: the code of the functions is in a bucket that a
 * parameter names, and the person who deploys uses their own credentials.
 */
export function synthesize(deployment: Deployment, content: { readonly config?: string }): Synthesized {
  const outdir = mkdtempSync(path.join(os.tmpdir(), 'iam-vigil-template-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, treeMetadata: false, autoSynth: false, context: cdkJson.context });
    const synthesizer = new CliCredentialsStackSynthesizer({
      fileAssetsBucketName: `\${${CODE_BUCKET}}`,
      bucketPrefix: CODE_FOLDER,
    });
    addStacks(app, deployment, { ...content, synthesizer: synthesizer as IStackSynthesizer });
    const stack = app.node.children.filter(Stack.isStack).find((child) => child.stackName === deployment.stackName);
    if (stack) addCodeBucket(stack);
    const templates = app.synth().stacks.map(({ stackName, template }) => withParameters(stackName, template as Template));
    return { templates, code: codeOf(outdir, deployment.stackName) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

interface Template extends DeployedTemplate {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
}

const withParameters = (stack: string, template: Template) => ({
  ...{ stack, template },
  parameters: Object.entries(template.Parameters ?? {}).flatMap(([name, { Default }]) => (Default === undefined ? name : [])),
});

const addCodeBucket = (stack: Stack) =>
  new CfnParameter(stack, CODE_BUCKET, {
    description: 'The bucket, in the Region of the stack, with the code of the functions',
    allowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    constraintDescription: 'must be the name of an S3 bucket',
  });

interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

function codeOf(outdir: string, stack: string): ReadonlyMap<string, Buffer> {
  // The CDK's own output.
  const { files } = JSON.parse(readFileSync(path.join(outdir, `${stack}.assets.json`), 'utf8')) as AssetManifest;
  const folders = Object.values(files).filter(({ source }) => source.packaging === 'zip');
  return new Map(
    folders.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, packed(path.join(outdir, source.path))] as const),
    ),
  );
}

const packed = (folder: string): Buffer =>
  zip(
    readdirSync(folder)
      .toSorted()
      .map((name) => ({ name, content: readFileSync(path.join(folder, name)) })),
  );
