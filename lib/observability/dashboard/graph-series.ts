/** The graph of dependencies: 1 for each edge, and for each way over hard edges. */
export const DEPENDS_ON = 'golden_path:depends_on:info';
/** Services that do not do what they should. */
export const SERVICE_FAILING = 'golden_path:service:failing';
/** Services of which an objective burns. */
export const SERVICE_BURNING = 'golden_path:service:burning';
/** Services where to look first. */
export const SERVICE_SUSPECT = 'golden_path:service:suspect';
