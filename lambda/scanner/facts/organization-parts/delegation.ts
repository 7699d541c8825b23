import { z } from 'zod';

/** A member account that administers a service for the whole Organization. */
export interface Delegation {
  readonly accountId: string;
  /** The service principal, such as `guardduty.amazonaws.com`. */
  readonly service: string;
}

/** Reads `organizations list-delegated-administrators`, with what `list-delegated-services-for-account` adds to each. */
export const delegationsSchema = z
  .array(
    z.object({
      Id: z.string(),
      DelegatedServices: z.array(z.object({ ServicePrincipal: z.string() })).default([]),
    }),
  )
  .transform((administrators): readonly Delegation[] =>
    administrators.flatMap(({ Id, DelegatedServices }) =>
      DelegatedServices.map(({ ServicePrincipal }) => ({ accountId: Id, service: ServicePrincipal })),
    ),
  );

/** Reads `organizations list-aws-service-access-for-organization`: the services that may act in every account. */
export const trustedServicesSchema = z
  .array(z.object({ ServicePrincipal: z.string() }))
  .transform((services): readonly string[] => services.map(({ ServicePrincipal }) => ServicePrincipal));
