/** The path of the Python of a virtual environment in `.venv` that has what `requirements.txt` pins. */
export function pythonWithRequirements(): string;
