import '@example/platform';
import { perEnvironment } from 'cdk8s-golden-path';

// @ts-expect-error prod is missing: the platform package names its environments
export const missing = perEnvironment({ dev: 'debug', staging: 'info' });

// @ts-expect-error the platform has no uat
export const unknown = perEnvironment({ dev: 'a', staging: 'b', prod: 'c', uat: 'd' });
