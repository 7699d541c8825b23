import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { Paint } from '../paint.ts';
import type { Grouping } from './group-findings.ts';
import type { Layout } from './layout.ts';
import type { TypedCommand } from './next-commands.ts';

/** How a text is shown. */
export interface TextOptions {
  readonly color: boolean;
  /** The characters of a line; absent: lines are not wrapped. */
  readonly width?: number | undefined;
}

/** How much of a report a text shows, and in which order. */
export interface ReportTextOptions extends TextOptions {
  /** Every finding, in place of the ten worst. */
  readonly all?: boolean;
  /** Each finding with its reason, its evidence and the next step. */
  readonly details?: boolean;
  readonly by?: Grouping;
  /** How the commands that follow are typed. Default: without a source. */
  readonly typed?: TypedCommand;
}

/** What the parts of the text of a report share. */
export interface TextContext {
  readonly report: Report;
  readonly failed: readonly Finding[];
  readonly paint: Paint;
  readonly layout: Layout;
  readonly all: boolean;
}
