import { StakeholderRecordPage } from '@/features/stakeholders/RecordPage';
import { stakeholderSections } from './stakeholderSections';

export function StakeholderPage() {
  return <StakeholderRecordPage sections={stakeholderSections} />;
}
