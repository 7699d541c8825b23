import type { ExistingComputeTechnique } from '../compute-technique.ts';
import { apprunner } from './apprunner.ts';
import { batch } from './batch.ts';
import { bedrockAgentcore } from './bedrock-agentcore.ts';
import { cloudformation } from './cloudformation.ts';
import { codebuild } from './codebuild.ts';
import { codedeploy } from './codedeploy.ts';
import { cognito } from './cognito.ts';
import { ec2 } from './ec2.ts';
import { ecs } from './ecs.ts';
import { eks } from './eks.ts';
import { glue } from './glue.ts';
import { lambda } from './lambda.ts';
import { sagemaker } from './sagemaker.ts';
import { ssm } from './ssm.ts';
import { stepfunctions } from './stepfunctions.ts';

// The aliases, and the permissions of many techniques, are from pathfinding.cloud by Datadog (Apache-2.0):
// https://github.com/DataDog/pathfinding.cloud

/** All techniques that control existing compute that runs with a role, by service. */
export const existingComputeTechniques: readonly ExistingComputeTechnique[] = [
  ...apprunner,
  ...batch,
  ...bedrockAgentcore,
  ...cloudformation,
  ...codebuild,
  ...codedeploy,
  ...cognito,
  ...ec2,
  ...ecs,
  ...eks,
  ...glue,
  ...lambda,
  ...sagemaker,
  ...ssm,
  ...stepfunctions,
];
