import { DescribeNotebookInstanceCommand, ListNotebookInstancesCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { FailedCall, reasonOf } from '../failure.ts';
import { type Carrier, type Look, type RegionalService, carrier, listed } from './look.ts';

/** The SageMaker notebook instances, with their execution roles. */
export const lookForNotebooks: Look = (place) => ({ 'sagemaker-notebook': notebooks(place) });

async function notebooks({ settings, roleArn }: RegionalService): Promise<readonly Carrier[]> {
  const sagemaker = new SageMakerClient(settings);
  const all = await listed(
    'sagemaker:ListNotebookInstances',
    (NextToken) => sagemaker.send(new ListNotebookInstancesCommand({ NextToken, MaxResults: 100 })),
    ({ NotebookInstances, NextToken }) => ({ items: NotebookInstances, next: NextToken }),
  );
  const staying = all.filter(({ NotebookInstanceStatus }) => NotebookInstanceStatus !== 'Deleting');
  const found = staying.map(async ({ NotebookInstanceName, NotebookInstanceArn }) =>
    carrier(NotebookInstanceArn, roleArn(await roleOf(sagemaker, NotebookInstanceName))),
  );
  return (await Promise.all(found)).flat();
}

/** The list does not contain the role. A notebook that was deleted since it was listed has none. */
async function roleOf(sagemaker: SageMakerClient, NotebookInstanceName: string | undefined): Promise<string | undefined> {
  try {
    return (await sagemaker.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName }))).RoleArn;
  } catch (error) {
    if (reasonOf(error).includes('RecordNotFound')) return undefined;
    throw new FailedCall('sagemaker:DescribeNotebookInstance', error);
  }
}
