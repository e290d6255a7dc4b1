export * from './alertmanager-config';
export * from './escalation';
export * from './on-call';
export * from './on-call-shape';
export * from './receiver';
export * from './routes';
