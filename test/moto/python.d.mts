/** The path of a Python that has what moto and cfn-lint need, of the versions that are pinned. */
export declare function pythonWithRequirements(): string;
/** The path of a Python that has the newest of what follows AWS: its models, its CLI, the emulators. */
export declare function pythonOfToday(): string;
