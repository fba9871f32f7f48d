import { EditsPage } from '@/shared/list/edits/EditsPage';
import { taskBulk, valueWords } from './bulk';

export function TaskEditsPage() {
  return <EditsPage of={taskBulk} words={valueWords} />;
}
