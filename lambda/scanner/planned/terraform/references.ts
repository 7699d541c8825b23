import type { Json } from '../../model/json.ts';
import { Unresolvable } from '../unresolvable.ts';
import type { Module, Plan, ResourceChange, Values } from './plan.ts';

/** The expressions by which a resource sets its attributes; undefined: the configuration does not have the resource. */
export function expressionsOf(
  { configuration }: Plan,
  { module_address: address, type, name }: ResourceChange,
): Values | undefined {
  const calls = [...address.matchAll(/(?:^|\.)module\.([^.[]+)(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/g)].map(([, call = '']) => call);
  const module = calls.reduce<Module | undefined>(
    (within, call) => within?.module_calls[call]?.module,
    configuration.root_module,
  );
  return module?.resources.find((one) => one.type === type && one.name === name)?.expressions;
}

/**
 * The resource to which an attribute refers, where its value is known only after the plan is applied. Terraform tells to what an
 * expression refers, and not what it makes of it: only one that refers to one resource, and nothing else, is followed.
 *
 * @throws Unresolvable when it refers to more.
 */
export function referredTo(plan: Plan, change: ResourceChange, attribute: string): ResourceChange {
  const references = referencesIn(expressionsOf(plan, change)?.[attribute]);
  const targets = new Set(references.flatMap((text) => /^aws_iam_\w+\.[\w-]+/.exec(text)?.[0] ?? []));
  const [target] = targets;
  const isAlone = targets.size === 1 && references.every((text) => /^(aws_iam_\w+\.|each\.key$|count\.index$)/.test(text));
  if (target === undefined || !isAlone) throw new Unresolvable(`${attribute} is known only after the plan is applied`);
  const instances = plan.resource_changes.filter(
    ({ mode, module_address: address, type, name }) =>
      mode === 'managed' && address === change.module_address && `${type}.${name}` === target,
  );
  const isByIndex = references.some((text) => /^(each\.key|count\.index)$/.test(text));
  const written = /\[(?:"((?:[^"\\]|\\.)*)"|(\d+))\]/.exec(references.find((text) => text.startsWith(`${target}[`)) ?? '');
  const wanted = isByIndex ? change.index : (written?.[1] ?? (written?.[2] === undefined ? undefined : Number(written[2])));
  const [only, second] = wanted === undefined ? instances : instances.filter(({ index }) => index === wanted);
  if (only === undefined || second !== undefined)
    throw new Unresolvable(`${attribute} refers to ${target}, of which the plan has ${instances.length}`);
  return only;
}

function referencesIn(expression: Json | undefined): readonly string[] {
  if (typeof expression !== 'object' || expression === null || !('references' in expression)) return [];
  const { references } = expression;
  return Array.isArray(references) ? references.filter((text): text is string => typeof text === 'string') : [];
}
