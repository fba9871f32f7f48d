import { EditsPage } from '@/shared/list/edits/EditsPage';
import { stakeholderBulk } from './bulk';
import { valueWords } from './words';

export function StakeholderEditsPage() {
  return <EditsPage of={stakeholderBulk} words={valueWords} />;
}
