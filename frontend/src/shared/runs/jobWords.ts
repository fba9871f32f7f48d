/** What the jobs are called in sentences; a job we do not know keeps its own name. */
export const jobWords: Record<string, string> = {
  calls: 'Calls',
  mail: 'Mail',
  rates: 'Exchange rates',
  seal: 'Audit seal',
  ties: 'How well we know stakeholders',
  sweep: 'Tidying up',
  privacy: 'Erasures',
  review: 'Review of persons',
  retention: 'Retention',
};
