import { AgreementsOfDonor } from '@/features/agreements/OfDonor';
import { Posts } from '@/features/affiliations/Posts';
import { OfDonor as DiligenceOfDonor } from '@/features/diligence/OfDonor';
import { OpenTasks } from '@/features/engagement/OpenTasks';
import { Timeline } from '@/features/engagement/Timeline';
import { GivingOfDonor } from '@/features/funding/awards/OfDonor';
import { IncomeOfDonor } from '@/features/funding/OfDonor';
import { OfDonor } from '@/features/pipeline/OfDonor';
import { Positions } from '@/features/positions/Positions';
import { Relations } from '@/features/relations/Relations';
import { ContactFacts } from '@/features/stakeholders/ContactFacts';
import { Conversations } from '@/features/stakeholders/Conversations';
import { Family } from '@/features/stakeholders/Family';
import { Notes } from '@/features/stakeholders/Notes';
import { KnownBy } from '@/features/ties/KnownBy';
import type { Stakeholder } from '@/shared/api/types';
import type { RecordSection } from '@/shared/record/RecordSections';

/**
 * What the page of a stakeholder shows, in this order: one line per section, whichever feature it comes
 * from. This is the only place where the features meet on that page (see RecordSection).
 */
export const stakeholderSections: RecordSection<Stakeholder>[] = [
  { id: 'details', title: 'Details', place: 'side', Component: ContactFacts },
  {
    id: 'tasks',
    title: 'Open tasks',
    place: 'side',
    Component: OpenTasks,
    needs: 'engagement:read',
  },
  { id: 'ties', title: 'Who knows them', place: 'side', Component: KnownBy },
  {
    id: 'income',
    title: 'Income',
    place: 'main',
    Component: IncomeOfDonor,
    needs: 'finance:read',
    has: (one) => one.roles.includes('donor'),
  },
  {
    id: 'agreements',
    title: 'Agreements and strings',
    place: 'main',
    Component: AgreementsOfDonor,
    needs: 'finance:read',
    has: (one) => one.roles.includes('donor'),
  },
  {
    id: 'pipeline',
    title: 'Pipeline',
    place: 'main',
    Component: OfDonor,
    needs: 'funding:read',
    has: (one) => one.roles.includes('donor'),
  },
  {
    id: 'diligence',
    title: 'Due diligence',
    place: 'main',
    Component: DiligenceOfDonor,
    needs: 'funding:read',
    has: (one) => one.roles.includes('donor'),
  },
  {
    id: 'giving',
    title: 'What they fund',
    place: 'main',
    Component: GivingOfDonor,
    needs: 'funding:read',
    has: (one) => one.roles.includes('donor'),
  },
  {
    id: 'positions',
    title: 'Positions',
    place: 'main',
    Component: Positions,
    needs: 'advocacy:read',
  },
  { id: 'notes', title: 'Notes', place: 'main', Component: Notes, has: (one) => !!one.notes },
  { id: 'people', title: 'People and posts', place: 'main', Component: Posts },
  { id: 'relations', title: 'Relations', place: 'main', Component: Relations },
  {
    id: 'timeline',
    title: 'Timeline',
    place: 'main',
    Component: Timeline,
    needs: 'engagement:read',
  },
  { id: 'mail', title: 'Mail', place: 'main', Component: Conversations, needs: 'mail:read' },
  {
    id: 'tree',
    title: 'Part of, units',
    place: 'side',
    Component: Family,
    has: (one) => one.kind === 'organisation' || !!one.parentId,
  },
];
