import type { z } from 'zod';

/** Where the answer of the AWS CLI lies in a folder of saved answers. */
export type AwsCliFile =
  /** One file holds the whole fact. */
  | string
  /** One file for each item, in a folder of this name. An item is named by this field of its answer, else by its file. */
  | { readonly folder: string; readonly itemField?: string }
  /** A file that the AWS CLI prints in base64: decoded, as it is printed with the time at which it was made, or both. */
  | { readonly csv: string; readonly json: string };

/**
 * The declaration of a fact that AWS is asked for. The schema of snapshots, the permissions, the reading of saved folders and
 * docs/permissions.md follow from it.
 */
export interface Fact<Other extends string = string> {
  /** Its name in snapshots, in `needs` of checks and in docs/permissions.md. */
  readonly name: string;
  /**
   * Reads its value in a snapshot: what AWS answers, in the shape that the AWS CLI prints, with pages merged and policy documents
   * decoded; `null` if AWS says that there is none. If AWS is asked for each user, key or device, `byItem` reads an object of answers.
   */
  readonly schema: z.ZodType;
  /** The IAM actions that it takes to collect it. */
  readonly actions: readonly string[];
  readonly awsCliFile: AwsCliFile;
  /** The facts that say whether it is asked for, or for which users, keys or devices. Without them it is not collected. */
  readonly dependsOn: readonly Other[];
  /** It is collected only if the user asks for it: it takes many calls in every Region, and no check needs it. */
  readonly onDemand?: true;
}
