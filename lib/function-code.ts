import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The name of the configuration file next to the code. */
export const CONFIG_FILE = 'iam-vigil.yaml';

/**
 * A bundle built by `npm run build`, with the configuration file next to it. In the bundle the file has no size limit, and the role
 * needs no permission to read it.
 *
 * @throws Error when the bundle does not exist.
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
    // The type requires an image, but it is never used.
    bundling: { image: DockerImage.fromRegistry('scratch'), local: { tryBundle } },
  });
}

/** The folder of the bundles: next to the published construct, or in `dist` of a checkout. */
function functionsFolder(): string {
  const here = import.meta.dirname;
  const found = [path.join(here, 'functions'), path.join(here, '../dist/functions')].find((folder) => existsSync(folder));
  if (found === undefined) throw new Error('the functions are not built. Run npm run build');
  return found;
}
