/** Where sizes come from, in the words of the lock: the server without credentials, the environment and its namespace. */
export const sourceText = (server: string, environment: string, namespace: string): string =>
  `${server}, ${environment}, namespace ${namespace}`;
