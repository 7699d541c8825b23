import type { ExistingComputeTechnique } from '../compute-technique.ts';

/**
 * AWS Service Catalog: a product is provisioned with the role of its launch constraint.
 * https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
 */
export const servicecatalog: readonly ExistingComputeTechnique[] = [
  {
    id: 'servicecatalog-create-provisioning-artifact',
    aliases: [],
    title: 'Add a version with a custom template to a Service Catalog product with the role, and provision it',
    actions: ['servicecatalog:CreateProvisioningArtifact', 'servicecatalog:ProvisionProduct'],
    service: 'servicecatalog.amazonaws.com',
    compute: 'a Service Catalog product',
  },
];
