/** A budget of attempts that are made at most; `isSpent` once one was left out. */
export interface Budget {
  readonly take: () => boolean;
  readonly isSpent: () => boolean;
}

/** A budget of so many attempts. */
export function createBudget(most: number): Budget {
  let left = most;
  let isSpent = false;
  return {
    take: () => {
      if (left > 0) left -= 1;
      else isSpent = true;
      return !isSpent;
    },
    isSpent: () => isSpent,
  };
}
