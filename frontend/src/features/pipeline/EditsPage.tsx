import { EditsPage } from '@/shared/list/edits/EditsPage';
import { opportunityBulk } from './bulk';
import { useValueWords } from './words';

export function PipelineEditsPage() {
  return <EditsPage of={opportunityBulk} words={useValueWords()} />;
}
