import { EditsPage } from '@/shared/list/edits/EditsPage';
import { agreementBulk } from './bulk';
import { valueWords } from './words';

export function AgreementEditsPage() {
  return <EditsPage of={agreementBulk} words={valueWords} />;
}
