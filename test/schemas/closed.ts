/** A schema as JSON: of OpenAPI, which is close to JSON Schema draft 4. */
export type Schema = { readonly [keyword: string]: unknown };

/** The metadata that we emit: less than Kubernetes takes. */
export const METADATA: Schema = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1 },
    namespace: { type: 'string', minLength: 1 },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    annotations: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

/** Kubernetes' way to write an amount. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY: Schema = {
  type: ['string', 'number'],
  pattern: '^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$',
};

/** A closed copy of Kubernetes' own definitions: those that name fields take no other ones. */
export function closedDefinitions(
  definitions: Readonly<Record<string, Schema>>,
): Readonly<Record<string, Schema>> {
  const entries = Object.entries(definitions).map(([name, schema]) => {
    if (name.endsWith('.api.resource.Quantity')) return [name, QUANTITY] as const;
    const isOpen = schema.properties === undefined || schema.additionalProperties !== undefined;
    return [name, isOpen ? schema : { ...schema, additionalProperties: false }] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * A closed copy of a CRD's structural schema: the API server prunes, or refuses when asked to be strict, whatever has no place in it.
 * Fields with a default need not be there, as defaulting comes before validation.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function closedStructural(schema: Schema): Schema {
  const { properties, items, type, required, ...rest } = schema;
  const fields = properties as Readonly<Record<string, Schema>> | undefined;
  const wanted = (required as readonly string[] | undefined)?.filter(
    (name) => fields?.[name]?.default === undefined,
  );
  return {
    ...rest,
    ...typeOf(schema),
    ...(wanted && wanted.length > 0 && { required: wanted }),
    ...(items !== undefined && { items: closedStructural(items as Schema) }),
    ...(type === 'object' && {
      ...(fields && { properties: closedFields(schema, fields) }),
      additionalProperties: closedRest(schema),
    }),
  };
}

function typeOf(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] };
  if (schema.type === undefined) return {};
  return { type: schema.nullable === true ? [schema.type, 'null'] : schema.type };
}

function closedFields(schema: Schema, fields: Readonly<Record<string, Schema>>): Schema {
  const closed = Object.entries(fields).map(([name, field]) => [name, closedStructural(field)]);
  return {
    ...(schema['x-kubernetes-embedded-resource'] === true && {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: METADATA,
    }),
    ...(Object.fromEntries(closed) as Schema),
  };
}

/** What stands in an object besides its named fields. */
function closedRest(schema: Schema): Schema | boolean {
  const rest = schema.additionalProperties as Schema | boolean | undefined;
  if (typeof rest === 'object') return closedStructural(rest);
  return rest === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
}

/** The closed schema of a whole custom resource: the CRD need not say that it has a type and metadata. */
export function closedResource(schema: Schema): Schema {
  const properties = {
    ...(schema.properties as Schema | undefined),
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: {},
  };
  const closed = closedStructural({ ...schema, type: 'object', properties });
  return { ...closed, properties: { ...(closed.properties as Schema), metadata: METADATA } };
}
