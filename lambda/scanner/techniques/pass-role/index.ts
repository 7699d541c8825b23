import type { PassRoleTechnique } from '../compute-technique.ts';
import { apprunner } from './apprunner.ts';
import { autoscaling } from './autoscaling.ts';
import { batch } from './batch.ts';
import { bedrockAgentcore } from './bedrock-agentcore.ts';
import { braket } from './braket.ts';
import { cloudformation } from './cloudformation.ts';
import { codebuild } from './codebuild.ts';
import { codepipeline } from './codepipeline.ts';
import { codestar } from './codestar.ts';
import { cognito } from './cognito.ts';
import { datapipeline } from './datapipeline.ts';
import { ec2 } from './ec2.ts';
import { ecs } from './ecs.ts';
import { eks } from './eks.ts';
import { emr } from './emr.ts';
import { gamelift } from './gamelift.ts';
import { glue } from './glue.ts';
import { imagebuilder } from './imagebuilder.ts';
import { kinesisanalytics } from './kinesisanalytics.ts';
import { lambda } from './lambda.ts';
import { omics } from './omics.ts';
import { sagemaker } from './sagemaker.ts';
import { scheduler } from './scheduler.ts';
import { ssm } from './ssm.ts';
import { stepfunctions } from './stepfunctions.ts';

// The aliases, and the permissions of many techniques, are from pathfinding.cloud by Datadog (Apache-2.0):
// https://github.com/DataDog/pathfinding.cloud

/** All techniques that pass a role to a new or changed resource, by service. */
export const passRoleTechniques: readonly PassRoleTechnique[] = [
  ...apprunner,
  ...autoscaling,
  ...batch,
  ...bedrockAgentcore,
  ...braket,
  ...cloudformation,
  ...codebuild,
  ...codepipeline,
  ...codestar,
  ...cognito,
  ...datapipeline,
  ...ec2,
  ...ecs,
  ...eks,
  ...emr,
  ...gamelift,
  ...glue,
  ...imagebuilder,
  ...kinesisanalytics,
  ...lambda,
  ...omics,
  ...sagemaker,
  ...scheduler,
  ...ssm,
  ...stepfunctions,
];
