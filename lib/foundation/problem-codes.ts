/**
 * Every problem the library can report, with what it means. Codes are stable: teams search for them and CI filters by them.
 * `docs/problems.md` is generated from this table.
 */
export const problemCodes = {
  ApplicationEmpty: 'An application holds no workload and no other object.',
  ApplicationMissing: 'A workload or backing service stands in no Application.',
  ApplicationNested: 'An Application stands inside another Application.',
  ChartOutsideApplication:
    'A plain cdk8s Chart stands under the platform; its objects would be lost.',
  ClusterScopedObject: 'An application holds an object that belongs to the whole cluster.',
  ContainerNameTaken: 'Two containers of one pod have the same name.',
  ContractBroken:
    'A contract between two applications is not what its owner offers, or is no contract at all.',
  ContractUnpublished: 'An application imports a service that its owner does not publish to it.',
  CronInvalid:
    'A schedule is not a cron expression that Kubernetes accepts, or its day never comes.',
  DependencyAbsent:
    'A workload depends on one that does not exist in every stage where the caller runs.',
  DependencyCycle:
    'Hard dependencies form a circle: when one of these services fails all do, and none of them can be told as the cause.',
  DependencyHardAnyway:
    'A dependency is marked soft, and its caller cannot work without it by another way.',
  DependencyUnknown: 'A reference leads to a construct that is not part of the application.',
  DomainMissing: 'A workload is exposed, but the environment has no domain.',
  DurationInvalid: 'A duration is not written as Kubernetes reads it.',
  EnvironmentInvalid: 'A fact of an environment is missing or has the wrong form.',
  EnvironmentUnknown:
    'A value, a presence or a stage names an environment that the platform does not have.',
  EnvNameInvalid: 'The name of an environment variable is not one that Kubernetes accepts.',
  EnvNameTaken: 'A container has two environment variables of one name.',
  EnvValueInvalid:
    'The value of an environment variable is neither text nor a reference, or an object was written into its text.',
  ExposureInvalid: 'A workload is exposed in a way that no route can carry.',
  FacetUnavailable:
    'An application needs a facet that the environment neither has nor omits with a reason.',
  FileInvalid: 'A file of manifests cannot be read, or holds what Kubernetes would refuse.',
  ForeignReference: 'A reference leads into another application.',
  GatewayMissing:
    'A workload is exposed, but the environment has no gateway, or an Ingress that cannot say what is asked.',
  GrpcProbeOverTls: 'A gRPC health check is asked for on a TLS port; the kubelet cannot do that.',
  HostnameInvalid:
    'A hostname does not have the form of a DNS name, or a host outside is inside the cluster.',
  HostnameTaken: 'Two routes claim the same requests, or one hostname for HTTP and gRPC.',
  IdInvalid: 'The id of a construct cannot become the name of a Kubernetes object.',
  IdTaken:
    'Two constructs of one scope have the same id, or two workloads or backing services of one application.',
  IdentityInvalid:
    'What a workload should be to the cloud cannot be, or its pods would be passed over.',
  ImageInvalid: 'An image reference cannot be read.',
  ImageUnpinned: 'An image has no version tag and no digest, or the tag latest.',
  KedaMissing:
    'A worker scales on messages, but the environment neither has KEDA nor omits it with a reason.',
  LabelInvalid: 'A label or annotation is not one that Kubernetes accepts.',
  LaterFailed: 'The function given to later(...) threw or returned no reference.',
  ManifestInvalid: 'An object cannot be written as a manifest.',
  MountPathTaken: 'Two volumes are mounted at one path, or one inside the other.',
  NamespaceInvalid: 'The name of a namespace is not one that Kubernetes accepts.',
  NamespacedObject: 'An object of an application states a namespace; the binding decides that.',
  ObjectiveUnmeasurable:
    'An objective cannot be measured: by no source of signals, of this workload, or at this threshold.',
  ObjectiveUnbacked:
    'An objective promises more than the hard dependencies of its service do: they may keep theirs while it misses its own.',
  ObjectNameTaken: 'Two objects of one kind have the same name.',
  OutputShared: 'Two platforms write to one directory.',
  PatchFailed: 'A JSON patch could not be applied.',
  PathInvalid: 'A file or URL path does not have the right form.',
  PlatformInvalid: 'An option of the platform is missing or has the wrong form.',
  PortInvalid:
    'A port is not a whole number from 1024 to 65535, or not a Service port from 1 to 65535.',
  PortTaken: 'Two containers of one pod use the same port.',
  PresenceInvalid: 'A presence names no stage or gives no reason.',
  ProbesIdentical: 'Readiness and liveness are the same check.',
  PropInvalid: 'A prop has the wrong type or form.',
  PropMissing: 'A required prop is missing.',
  PropUnknown: 'A prop does not exist.',
  QuantityInvalid:
    'A quantity of CPU, memory or storage cannot be read, or is far from what was meant.',
  ReadinessMissing: 'A web service has no readiness check.',
  ReferenceOutsideWorkload:
    'A reference stands where it opens no connection: in an object that is no workload, or in a command.',
  RestartUnavailable:
    'Settings can change, but the environment has no way to restart what reads them.',
  RetriesMultiply: 'Retries of several services multiply: one request may become many calls.',
  RouteBlind: 'An Alertmanager would look for alerts by a label that they do not carry.',
  RouteMissing: 'The alerts of an application have no way to the team that owns it.',
  RuleBroken: 'An object breaks a rule of the platform; the line begins with the id of the rule.',
  RuleInvalid:
    'A rule that the platform brings along is none, or uses what guardrails cannot judge.',
  RunbookNotesMissing: 'The notes that a team has for its runbook cannot be read, or are too long.',
  ScaleInverted: 'The smallest number of replicas is above the largest.',
  SecretInText: 'A secret was written into a text.',
  SecretStoreMissing: 'A workload reads a secret, but the environment has no secret store.',
  ServiceKeyUnknown: 'A reference names a key that a backing service does not give.',
  ServiceRefused: 'The provider of an environment cannot do what a backing service asks for.',
  ServiceUnprovided: 'An environment names no provider for a backing service.',
  SettingMissing: 'A value is missing for an environment.',
  SizingLockInvalid: 'The sizing lock of an application cannot be read.',
  SizingLockMissing: 'An application names a sizing lock that is not there.',
  SizingLockStale:
    'An entry of the sizing lock was measured for something else than it is used for.',
  SizingLockTampered: 'An entry of the sizing lock was changed, or belongs to another container.',
  SizingLockUnknown: 'The sizing lock has entries of something that does not exist.',
  TimeoutInverted:
    'A caller or a route gives up sooner than what it waits for may take: then the work goes on for nobody.',
  TimeZoneInvalid: 'A time zone is not in the IANA database.',
  TopologyInvalid: 'The queues, exchanges, bindings or topics of a broker do not fit together.',
  TriggerInvalid:
    'A worker scales on messages that cannot be counted, or beyond what can read them.',
  TriggerSecretMissing:
    'A worker scales on messages, and the environment gives no Secret by which KEDA could count them.',
  ValidationFailed: 'A validation that a construct brought along failed.',
  WaiverExpired:
    'A waiver has expired. Reported by golden-path check and synth, which know the day.',
  WaiverInvalid: 'A waiver lacks a reason, an owner or a day, or has it in the wrong form.',
  WaiverUnknown: 'A waiver names a rule that does not exist.',
  WaiverUnused: 'A waiver excuses nothing: what it was for is mended, or the rule is not in force.',
} as const;

/** A stable, UpperCamelCase name for one kind of problem. */
export type ProblemCode = keyof typeof problemCodes;
