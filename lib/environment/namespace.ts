/** How the namespace of an application is called, and who makes it. */
export interface NamespaceRule {
  readonly kind: 'created' | 'existing';
  /** Must be a pure function. */
  readonly name: (application: string, environment: string) => string;
}

export type Naming = string | NamespaceRule['name'];
const naming = (name: Naming): NamespaceRule['name'] =>
  typeof name === 'string' ? () => name : name;

/** The namespace rules that environments choose from. */
export const Namespaces = Object.freeze({
  /** The binding makes the namespace, with Pod Security `restricted`. `<application>-<environment>` unless named otherwise. */
  created: (
    name: Naming = (application, environment) => `${application}-${environment}`,
  ): NamespaceRule => Object.freeze({ kind: 'created' as const, name: naming(name) }),
  /** The namespace is there already, and whoever made it answers for its Pod Security labels. */
  existing: (name: Naming): NamespaceRule =>
    Object.freeze({ kind: 'existing' as const, name: naming(name) }),
});
