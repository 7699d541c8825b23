import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * AWS Service Catalog: a product is provisioned with the role of its launch constraint.
 * https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
 */
export const servicecatalog: readonly PassRoleTechnique[] = [
  {
    id: 'servicecatalog-create-product',
    aliases: [],
    title: 'Create a Service Catalog product with a custom template, and provision it with the role as launch role',
    actions: [
      'servicecatalog:CreatePortfolio',
      'servicecatalog:CreateProduct',
      'servicecatalog:AssociateProductWithPortfolio',
      'servicecatalog:AssociatePrincipalWithPortfolio',
      'servicecatalog:CreateConstraint',
      'servicecatalog:ProvisionProduct',
    ],
    service: 'servicecatalog.amazonaws.com',
  },
  {
    id: 'servicecatalog-create-constraint',
    aliases: [],
    title: 'Pass the role to a launch constraint of a Service Catalog product, and provision the product',
    actions: ['servicecatalog:CreateConstraint', 'servicecatalog:ProvisionProduct'],
    service: 'servicecatalog.amazonaws.com',
    existing: 'a product in Service Catalog whose template the principal controls',
  },
];
