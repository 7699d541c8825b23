import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The name of the configuration beside the code. */
export const CONFIG_FILE = 'iam-vigil.yaml';

/**
 * A bundle that `npm run build` made, and the configuration beside it: it has no limit of size there, and the role needs no
 * permission to read it.
 *
 * @throws Error when the bundle is not there.
 */
export function functionCode(name: 'scan-account' | 'organization', config: string): Code {
  const bundle = path.join(functionsFolder(), name);
  const tryBundle = (folder: string) => {
    cpSync(bundle, folder, { recursive: true });
    writeFileSync(path.join(folder, CONFIG_FILE), config);
    return true;
  };
  return Code.fromAsset(bundle, {
    assetHashType: AssetHashType.OUTPUT,
    // The type demands an image; nothing ever runs in it.
    bundling: { image: DockerImage.fromRegistry('scratch'), local: { tryBundle } },
  });
}

/** Beside the published construct, or where the build of a checkout puts it. */
function functionsFolder(): string {
  const here = import.meta.dirname;
  const found = [path.join(here, 'functions'), path.join(here, '../dist/functions')].find((folder) => existsSync(folder));
  if (found === undefined) throw new Error('the function is not built: run npm run build');
  return found;
}
