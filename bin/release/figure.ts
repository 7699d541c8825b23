/** Something that was measured. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'MB';
}
