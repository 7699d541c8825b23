import type { OrganizationRun, OrganizationStore } from '../../scanner/deliver/organization-store.ts';
import type { ScanResult } from '../finish-scan.ts';
import type { OrganizationReport } from './organization-report.ts';

/** The world outside, as every state of a run over an Organization needs it. */
export interface OrganizationPorts {
  /** What the states of this run keep for each other. */
  readonly kept: OrganizationStore<ScanResult, OrganizationReport>;
}

/** What every state is told: which run it belongs to. */
export interface RunEvent {
  readonly run: OrganizationRun;
}

/** What the states of the maps are told in addition: which account they are about. */
export interface AccountEvent extends RunEvent {
  readonly account: string;
}
