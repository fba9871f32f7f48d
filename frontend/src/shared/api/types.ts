// Every type of the API that screens name, on one page: this file may be long.
/* eslint-disable max-lines */
import type { components } from './schema.gen';

type Schemas = components['schemas'];

/** The API never sends null for a list, whatever its description allows. */
export type Firm<T> = [Extract<T, readonly unknown[]>] extends [never]
  ? T extends object
    ? { [K in keyof T]: Firm<T[K]> }
    : T
  : T extends readonly (infer Item)[]
    ? Firm<Item>[]
    : Exclude<T, null>;

type Named<Name extends keyof Schemas> = Firm<Schemas[Name]>;

/** Civil date, "2027-03-01": a day on a wall calendar, the same in every time zone. */
export type CivilDate = string;
/** Moment in UTC, "2026-11-21T22:57:00Z". */
export type Instant = string;

export interface ListOf<T> {
  items: T[];
  total: number;
  /** The total was counted no further than this. */
  totalIsFloor?: boolean;
  /** Cursor of the next page; absent on the last. */
  next?: string;
}

// Session and accounts
export type AccessRole = Schemas['AddAccountInputBody']['role'];
export type Permission =
  | 'amounts:read'
  | `${'stakeholders' | 'engagement' | 'advocacy' | 'calls' | 'finance' | 'funding' | 'mail' | 'views' | 'admin'}:read`
  | `${'stakeholders' | 'engagement' | 'advocacy' | 'calls' | 'finance' | 'funding' | 'targets' | 'reviews' | 'mail' | 'views' | 'admin'}:write`;
export type Session = Named<'SessionView'>;
export type DemoAccount = Named<'DemoAccount'>;
export type SignedInSession = Named<'OwnSession'>;
export type ApiToken = Named<'TokenView'>;
export type Account = Named<'AccountView'>;

// Stakeholders
export type Stakeholder = Named<'Stakeholder'>;
export type StakeholderImport = Named<'StakeholderImport'>;
export type ImportRow = Named<'ImportRow'>;
export type ImportSettings = Named<'Settings'>;
export type Verdict = ImportRow['verdict'];
export type StakeholderFields = Named<'StakeholderBody'>;
export type StakeholderKind = Stakeholder['kind'];
export type StakeholderTree = Named<'Tree'>;
export type Party = Named<'Party'>;
export type Affiliation = Named<'AffiliationView'>;
export type AffiliationFields = Named<'AffiliationBody'>;
export type Relation = Named<'RelationView'>;
export type RelationFields = Named<'RelationBody'>;
export type RelationType = Named<'RelationType'>;
export type Position = Named<'Position'>;
export type PositionFields = Named<'PositionBody'>;
export type Course = Named<'Course'>;
export type Priority = Named<'Priority'>;
export type Priorities = Named<'Priorities'>;
export type StakeholderNetwork = Named<'Network'>;
export type Neighbour = Named<'Neighbour'>;
export type Giver = Named<'Giver'>;

// Privacy
export type PrivacyRequest = Named<'DataRequest'>;
export type ErasureForm = Named<'NameForm'>;
export type SensitiveWords = Named<'SensitiveWords'>;
export type SensitiveKind = SensitiveWords['kinds'][number]['kind'];
export type Review = Named<'Review'>;
export type Retention = Named<'Retention'>;
export type RetentionRule = Named<'RetentionRule'>;
// Membership fees
export type FeeYear = Named<'FeeYear'>;
export type FeeFields = Named<'FeeBody'>;
export type FeeException = Named<'FeeException'>;
/** Null where nothing is due. */
export type FeeCell = Omit<Named<'FeeCell'>, 'due' | 'outstanding'> & {
  due: Money | null;
  outstanding: Money | null;
};
export type FeePayer = Omit<Named<'FeePayer'>, 'cells'> & { cells: FeeCell[] };
export type FeeOverview = Omit<Named<'FeeOverview'>, 'payers'> & { payers: FeePayer[] };

// Forecast, what if, targets
/** Two lists of a forecast are null where they are not known. */
export type ForecastShare = Named<'ForecastShare'>;
export type ForecastMonth = Omit<Named<'ForecastMonth'>, 'coreCost'> & {
  /** Null where no core budget was adopted. */
  coreCost: Named<'ForecastPart'> | null;
};
export type Forecast = Omit<Named<'Forecast'>, 'coreCost' | 'free'> &
  Pick<Schemas['Forecast'], 'coreCost' | 'free'>;
export type LossTest = Named<'LossTest'>;
/** Without a reserve statement there is none to show. */
export type Dashboard = Omit<Named<'Dashboard'>, 'reserve'> & { reserve: Standing | null };
export type Reading = Named<'Reading'>;
export type Aim = Named<'Aim'>;
export type Standing = Named<'Standing'>;
export type ReserveFields = Named<'ReserveBody'>;
export type BoardPack = Named<'BoardPack'>;
/** The first pack has none before it. */
export type PackContent = Omit<Named<'PackContent'>, 'since'> & {
  since: Named<'PackSince'> | null;
};
/** Figures are there once a pack is made. */
export type PackView = Omit<Named<'PackView'>, 'content'> & { content: PackContent | null };
export type Embed = Named<'EmbedView'>;
export type TargetFields = Named<'TargetBody'>;
export type Limits = Named<'Limits'>;
export type LimitsFields = Named<'LimitsBody'>;
export type Scenario = Named<'Scenario'>;
export type ScenarioFields = Named<'ScenarioBody'>;
export type Supposition = Named<'Supposition'>;
export type ScenarioLine = Named<'Choice'>;
export type Basis = Forecast['basis'];
export type Weighting = Forecast['weighting'];
export type Realisation = Named<'Realisation'>;
export type Use = Named<'Use'>;
export type ProjectUse = Named<'ProjectUse'>;
export type ReserveMonths = Named<'ReserveMonths'>;
export type BudgetVersion = Named<'BudgetVersion'>;
export type BudgetLine = Named<'BudgetLine'>;
export type Expense = Named<'Expense'>;
export type ExpenseLine = Named<'ExpenseLine'>;
export type ExpenseFields = Named<'ExpenseBody'>;
export type ExpenseImport = Named<'ExpenseImport'>;
export type Project = Named<'Project'>;
export type ProjectFields = Named<'ProjectBody'>;
export type Fund = Named<'Fund'>;
export type FundFields = Named<'FundBody'>;

// Duplicates and merges
export type Pair = Named<'PairView'>;
export type Choice = FieldChoice['choice'];
export type FieldChoice = Named<'FieldChoice'>;
export type MergePreview = Named<'PreviewOutputBody'>;
export type MergeUndone = Named<'UndoMergeOutputBody'>;
export type CountOf = Named<'CountView'>;

// How well we know them
export type Tie = Named<'TieView'>;
export type Band = Tie['band'];
export type KnownStakeholder = Named<'KnownAs'>;
export type Continuity = Named<'ContinuityOutputBody'>;

// What happened with them, and what is to be done
export type TimelineEntry = Named<'Entry'>;
export type Interaction = Named<'Interaction'>;
export type InteractionChange = Named<'InteractionBody'>;
export type InteractionFields = Named<'NewInteractionBody'>;
export type Task = Named<'Task'>;
export type TaskFields = Named<'NewTaskBody'>;
export type Template = Named<'Template'>;
export type TemplateFields = Named<'TemplateBody'>;

// Lists: what they can be asked, saved views, bulk edits
export type ListName = View['list'];
export type ListDescription = Named<'ListDescription'>;
export type ListField = Named<'FieldView'>;
export type ListOperator = Named<'OpView'>;
export type View = Named<'ViewItem'>;
export type Deed = Named<'Deed'>;
export type BulkEdit = Named<'Edit'>;
export type EditOperation = Named<'Operation'>;
export type EditStep = Named<'Step'>;

// Calls and their sources
export type Call = Named<'CallItem'>;
export type CallPage = Named<'CallPage'>;
export type CallState = Call['state'];
export type CallBudget = Named<'Budget'>;
export type Source = Named<'SourceView'>;
export type SourceFields = Named<'SourceBody'>;

// The pipeline
export type Opportunity = Named<'OpportunityItem'>;
export type OpportunityPage = Named<'OpportunityPage'>;
export type OpportunityFields = Named<'OpportunityBody'>;
export type NewOpportunity = Named<'NewOpportunityBody'>;
export type Stage = Opportunity['stage'];
export type StageRule = Named<'StageRule'>;
export type StageTemplate = Named<'StageTemplate'>;
export type StageTemplates = Named<'StageTemplates'>;
export type Board = Named<'BoardOutputBody'>;
export type BoardColumn = Named<'BoardColumn'>;
export type Sums = Named<'Sums'>;
export type Return = Named<'Return'>;
export type Partner = Named<'Partner'>;
export type Effort = Named<'Effort'>;
export type GoNoGo = Named<'GoNoGo'>;
export type Lost = Named<'Lost'>;

// Mail
export type MailAddress = Named<'Address'>;
export type Thread = Named<'ThreadView'>;
export type ThreadWithMessages = Named<'ThreadDoc'>;
export type Sharing = Thread['sharing'];
export type Message = Named<'Message'>;
export type Attachment = Named<'Attachment'>;
export type Mailbox = Named<'MailboxView'>;
export type MailboxInput = Named<'MailboxBody'>;
export type FolderState = Named<'FolderState'>;
export type Guardrail = Named<'Guardrail'>;
export type SetAside = Named<'AsideView'>;

// Money. Amounts are minor units of their currency.
export type Money = Schemas['Money'];
export type DonorView = 'direct' | 'ultimate';
export type IncomeLine = Named<'IncomeLine'>;
export type IncomeImport = Named<'Import'>;
export type Dependence = Named<'Dependence'>;
export type Diversification = Named<'Diversification'>;
export type Earmarking = Named<'Earmarking'>;
export type Unconverted = Named<'Unconverted'>;
export type BankPayment = Named<'BankEntryView'>;
export type BankStatement = Named<'Statement'>;
export type Suggestion = Named<'SuggestionView'>;
export type SurePayment = Named<'SurePaymentView'>;
export type DuePayment = Named<'DuePayment'>;
export type BookedGifts = Named<'BookedGiftsView'>;
export type BankOutcome = Named<'BankOutcome'>;
export type IncomeFields = Named<'IncomeBody'>;
export type Head = Pick<Dependence, 'basis' | 'asOf' | 'currency' | 'view'>;

// Agreements, what comes up under them, and what donors attach
export type Agreement = Named<'AgreementView'>;
export type AgreementFields = Named<'AgreementBody'>;
export type Instalment = Named<'Instalment'>;
export type InstalmentFields = Named<'InstalmentBody'>;
export type Requirement = Named<'Requirement'>;
export type RequirementRule = Named<'RequirementRule'>;
export type RequirementRules = Named<'RequirementRules'>;
export type RequirementFields = Named<'RequirementBody'>;
export type Amendment = Named<'Amendment'>;
export type Obligation = Named<'ObligationView'>;
export type DonorString = Named<'StringView'>;
export type StringFields = Named<'StringBody'>;
export type Strung = Named<'Strung'>;
export type Tune = Named<'Tune'>;
export type Tunes = Named<'TunesView'>;
export type LobbiedDonor = Named<'LobbiedDonor'>;

// Due diligence
export type DiligenceCase = Named<'CaseView'>;
export type CaseFields = Named<'CaseBody'>;
export type DonorPolicy = Named<'DonorPolicy'>;
export type SanctionHit = Named<'HitView'>;
export type MoneyCheck = Named<'MoneyCheck'>;

// What other funders have granted, as they publish it
export type Award = Named<'Award'>;
export type Funder = Named<'Funder'>;
export type AwardParty = Named<'PartyAnswer'>;
export type Giving = Named<'Giving'>;
export type AwardImport = Named<'AwardImport'>;

// Jobs, search, audit
export type Run = Named<'Run'>;
export type RunOutcome = Run['outcome'];
export type Job = Named<'Row'>;
export type SearchHit = Named<'Hit'>;
export type AuditEntry = Named<'AuditEntry'>;
export type AuditChange = Named<'AuditChange'>;

// What stands beside the described operations: files, and the health page.
export interface Problem {
  title?: string;
  status?: number;
  /** A sentence for a person. */
  detail?: string;
  code?: string;
  errors?: FieldProblem[];
}
export interface FieldProblem {
  field: string;
  message: string;
}
export interface ImportError {
  row: number;
  field: string;
  message: string;
  value?: string;
}
export interface PreviewLine {
  row: number;
  donorName: string;
  ultimateDonorName: string;
  date: CivilDate;
  amount: Money;
  worth?: Money;
  rate?: string;
  crossRate?: string;
  earmarking: string;
  restriction: string;
  sourceType: string;
}
export interface IncomeImportResult {
  dryRun: boolean;
  importId?: string;
  rows: number;
  valid: number;
  created: number;
  notConverted: number;
  newDonors: string[];
  notes: string[];
  errorCount: number;
  errors: ImportError[];
  preview: PreviewLine[];
}
export type ExpenseImportResult = Omit<IncomeImportResult, 'valid' | 'newDonors' | 'preview'>;
/** What a column of a file of gifts may say. */
export type GiftField =
  'date' | 'gross' | 'paymentId' | 'fee' | 'net' | 'currency' | 'state' | 'refundedOn';
/** A line that the books get of a file of gifts. */
export interface GiftLine {
  kind: 'gifts' | 'refunds' | 'fees';
  month: string;
  count: number;
  amount: Money;
}
/** What a file of gifts is understood as, or has brought. */
export interface GiftImportResult {
  dryRun: boolean;
  importId?: string;
  rows: number;
  gifts: number;
  givenBack: number;
  known: number;
  repeated: number;
  unpaid: number;
  notConverted: number;
  lines: GiftLine[];
  header: string[];
  columns: Partial<Record<GiftField, string>>;
  choose: { field: string; message: string }[];
  notes: string[];
  errorCount: number;
  errors: ImportError[];
}
/** What a bank statement is understood as, or has brought. */
export interface StatementResult extends BankStatement {
  dryRun: boolean;
  known: number;
  preview: Omit<BankPayment, 'suggestions' | 'donorName'>[];
  before: Omit<BankPayment, 'suggestions' | 'donorName'>[];
}
/** What was understood of a file of awards. */
export type AwardPlanFound = Named<'AwardPlan'>;
export interface Health {
  status: string;
  version: string;
  schema: number;
  store: string;
}

// Webhooks
export type Webhook = Named<'WebhookView'>;
export type WebhookFields = Named<'WebhookBody'>;
export type Delivery = Named<'Delivery'>;
