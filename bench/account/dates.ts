import { TAKEN_AT } from './names.ts';
import type { Random } from './random.ts';

const DAY = 86_400_000;

/** A date so many days, at most, before the snapshot was taken, as AWS prints it. */
export const pastDate = (random: Random, maxDays: number): string =>
  new Date(Date.parse(TAKEN_AT) - random.below(maxDays * DAY) - DAY).toISOString().replace(/\.\d+Z$/, '+00:00');
