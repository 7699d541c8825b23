/** A shape of a model of botocore, as far as it matters here. */
interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, ShapeReference>>;
  readonly member?: ShapeReference;
  readonly value?: ShapeReference;
}

interface ShapeReference {
  readonly shape: string;
}

type Shapes = Readonly<Record<string, Shape>>;

/** A model of botocore, as far as it matters here. */
export interface ServiceModel {
  readonly metadata: { readonly endpointPrefix: string; readonly signingName?: string };
  readonly operations: Readonly<Record<string, { readonly input?: ShapeReference }>>;
  readonly shapes: Shapes;
}

/** An operation that takes a role or an instance profile. */
export interface RoleOperation {
  /** The prefixes that its IAM action may have, the most likely one first. */
  readonly prefixes: readonly string[];
  readonly operation: string;
  /** The paths of the members of its input that name a role or an instance profile: `Targets.RoleArn`. */
  readonly members: readonly string[];
}

const NAMES = /role|instance_?profile/i;
const NAMING_TYPES = new Set(['string', 'list', 'map', 'structure']);

/** The paths of the members of a shape that name a role, at any depth. A shape inside itself adds nothing. */
function pathsIn(shapes: Shapes, name: string, path: readonly string[], above: ReadonlySet<string>): readonly string[] {
  const shape = shapes[name];
  if (shape === undefined || above.has(name)) return [];
  const inside = new Set([...above, name]);
  const element = shape.member ?? shape.value;
  if (element !== undefined) return pathsIn(shapes, element.shape, path, inside);
  return Object.entries(shape.members ?? {}).flatMap(([member, reference]) => {
    const longer = [...path, member];
    const isNaming = NAMES.test(member) && NAMING_TYPES.has(shapes[reference.shape]?.type ?? '');
    return [...(isNaming ? [longer.join('.')] : []), ...pathsIn(shapes, reference.shape, longer, inside)];
  });
}

/** The operations of a service that take a role or an instance profile. */
export function roleOperations(service: string, { metadata, operations, shapes }: ServiceModel): readonly RoleOperation[] {
  const prefixes = [metadata.signingName ?? metadata.endpointPrefix, service, service.replaceAll('-', '')];
  return Object.entries(operations).flatMap(([operation, { input }]) => {
    const members = input === undefined ? [] : [...new Set(pathsIn(shapes, input.shape, [], new Set()))].sort();
    return members.length === 0 ? [] : [{ prefixes, operation, members }];
  });
}
