// Composing: what teams write.
export { Application, type ApplicationProps } from './application';
export { ScheduledJob, WebService, Worker } from './application';
export type {
  ContainerProps,
  Presence,
  RunningProps,
  Scale,
  ScheduledJobProps,
  SidecarProps,
  WebServiceProps,
  WorkerProps,
  WorkloadProps,
} from './application';
export { GoldenObject, type GoldenObjectProps } from './application';

// Backing services: contracts by wire protocol, which each environment's providers fulfil.
export { Bucket, KafkaTopic, MySql, Postgres, RabbitMq, Redis } from './application';
export type {
  BucketKey,
  BucketProps,
  KafkaTopicKey,
  KafkaTopicProps,
  MySqlKey,
  MySqlProps,
  PostgresKey,
  PostgresProps,
  QueueBindingProps,
  QueueProps,
  RabbitMqKey,
  RabbitMqProps,
  RedisKey,
  RedisProps,
  ServiceProps,
} from './backing-service';
export { azure, type AzureNetwork, type AzureProps } from './binding';
export { existing, type ExistingProps } from './binding';
export { gcp, type GcpProps } from './binding';
export type {
  Caller,
  Provided,
  Provider,
  Providers,
  Reach,
  Refusal,
  ServiceRequest,
  Supplies,
  Supply,
} from './backing-service';

// References: using one is the dependency.
export { external, later, perEnvironment, secret, soft } from './foundation';
export type {
  BackingService,
  Dependency,
  Endpoint,
  EndpointPart,
  EndpointReference,
  EndpointTarget,
  EnvironmentName,
  EnvValue,
  Later,
  NotText,
  PerEnvironment,
  Reference,
  Register,
  SecretData,
  SecretReference,
  ServiceData,
  ServiceReference,
  ServiceTarget,
  SettingReference,
  StageName,
  Target,
} from './foundation';

// Ports, health, sizes, scratch: the values that props take.
export { grpc, http, tcp } from './workload';
export type {
  AnyHealth,
  ExecCheck,
  GrpcCheck,
  GrpcOptions,
  GrpcPort,
  Health,
  HealthCheck,
  HealthProps,
  HttpCheck,
  HttpPort,
  NoCheck,
  Port,
  PortFacts,
  PortOptions,
  ProbeTiming,
  Protocol,
  Scratch,
  TcpCheck,
  TcpPort,
  User,
} from './workload';
export { Size, sizeNames, stockCpuLimit, stockLadder } from './sizing';
export type { CpuLimit, ExactSize, Ladder, NamedSize, SizeName } from './sizing';
export type {
  Cors,
  Exposure,
  ExposureHost,
  GrpcExposure,
  GrpcRule,
  HeaderChange,
  HttpExposure,
  HttpForward,
  HttpMatch,
  HttpMethod,
  HttpRedirect,
  HttpRule,
  Redirect,
  RoutePath,
  RouteTimeouts,
  WeightedBackend,
} from './network';
export type { Metrics } from './observability';

// The platform: what platform teams publish.
export { Platform, type PlatformProps, type Rendering } from './platform';
export { type ApplicationDefaults, stockDefaults } from './application';
export { Capacity, Dns, Environment, Namespaces } from './environment';
export type {
  AnyEnvironment,
  Bounds,
  Capability,
  CidrPeer,
  ClusterNetwork,
  EnvironmentProps,
  Gateway,
  GatewayFacts,
  IngressController,
  Issuer,
  LikeProps,
  ListenerSets,
  NamespaceRule,
  Naming,
  Peer,
  PodPeer,
  SecretStore,
} from './environment';

// Guardrails: rules for every object, at synthesis and in the cluster.
export { AdmissionPolicies, type AdmissionPoliciesProps } from './platform';
export {
  celRules,
  failLevels,
  graphRules,
  GuardrailValidation,
  kinds,
  linters,
  packs,
  rules,
  waive,
} from './guardrail';
export type {
  AdmissionStage,
  CelRule,
  CelRuleId,
  FailLevel,
  GraphRule,
  GraphRuleId,
  GuardrailProps,
  GuardrailReport,
  GuardrailValidationContext,
  GuardrailValidationProps,
  GuardrailViolation,
  KnownRule,
  Linter,
  Pack,
  ReportedFinding,
  RuleFacts,
  RuleId,
  RuleKind,
  RuleParameters,
  RuleSeverity,
  Scene,
  SceneFinding,
  WaiverFacts,
  WaiverProps,
} from './guardrail';

// Results: problems, and the model of what was synthesized.
export {
  facets,
  problemCodes,
  ProblemsFound,
  renderProblem,
  serviceKinds,
  serviceSizes,
} from './foundation';
export type {
  ApplicationModel,
  AvailabilitySignal,
  BackendModel,
  BackingServiceModel,
  BoundServiceModel,
  BucketModel,
  Captured,
  ContainerModel,
  CorsModel,
  DeletionPolicy,
  EdgeModel,
  EnvironmentModel,
  ExchangeModel,
  ExposureModel,
  Facet,
  GrpcExposureModel,
  GrpcRuleModel,
  HeaderChangeModel,
  HttpExposureModel,
  HttpRuleModel,
  KafkaTopicModel,
  Manifest,
  Metadata,
  MySqlModel,
  NetworkPolicyPeer,
  ObjectModel,
  PathModel,
  Plain,
  PlainObject,
  PostgresModel,
  Problem,
  ProblemCode,
  QueueBindingModel,
  QueueModel,
  RabbitMqModel,
  RedirectModel,
  RedisModel,
  ScaleModel,
  SecretModel,
  SelectorLabel,
  ServiceFacts,
  ServiceKind,
  ServiceOutput,
  ServiceSize,
  ServiceStatement,
  SettingModel,
  Severity,
  Source,
  WaiverModel,
  WorkloadKind,
  WorkloadModel,
} from './foundation';
