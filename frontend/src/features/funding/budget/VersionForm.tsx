import { Button, Group, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { api, data, ifMatch } from '@/shared/api/client';
import type { BudgetVersion, Fund, Project } from '@/shared/api/types';
import { formatMajorMoney } from '@/shared/format/number';
import { FormProblem } from '@/shared/forms/FormProblem';
import { SubmitButton } from '@/shared/forms/SubmitButton';
import { problemErrors } from '@/shared/forms/problemErrors';
import { EmptyState } from '@/shared/states/states';
import { ButtonLink } from '@/shared/ui/links';
import { useMoneyWrite } from '../queries';
import { bodyOf, centsOf, typedOf, type TypedLine } from './lines';
import { VersionLine } from './VersionLine';
import classes from './budget.module.css';
import { useCurrency } from '@/shared/session/session';

interface VersionFormProps {
  of: BudgetVersion;
  projects: Project[];
  funds: Fund[];
  /** Somebody else has saved meanwhile. */
  isBehind: boolean;
  onUnsaved: (unsaved: boolean) => void;
  onSaved: (saved: BudgetVersion) => void;
}

const valuesOf = ({ note = '', lines }: BudgetVersion) => ({ note, lines: lines.map(typedOf) });

/** The lines of a draft, to be keyed by its revision. */
export function VersionForm(props: VersionFormProps) {
  const { of, projects, funds, isBehind, onUnsaved, onSaved } = props;
  const currency = useCurrency();
  const [problem, setProblem] = useState('');
  const form = useForm({ initialValues: valuesOf(of) });
  const dirty = form.isDirty();
  useEffect(() => onUnsaved(dirty), [dirty, onUnsaved]);
  const save = useMoneyWrite(
    ({ note, lines }: ReturnType<typeof valuesOf>) =>
      data(
        api.PUT('/budgets/{id}', {
          params: { path: { id: of.id }, header: ifMatch(of.rev) },
          body: { ...(note && { note }), lines: lines.map(bodyOf) },
        }),
        // Before anything is read again, or one's own save would look like a colleague's.
      ).then(onSaved),
    'The draft is saved.',
  );
  const submit = form.onSubmit((values) => {
    setProblem('');
    save.mutateAsync(values).catch((error: unknown) => {
      const shown = /^lines\.\d+\.(projectId|fundId|category|cents)$/;
      const { byField, rest } = problemErrors(error, (path) => path === 'note' || shown.test(path));
      form.setErrors(byField);
      setProblem(rest);
    });
  });
  if (projects.length === 0) {
    return (
      <EmptyState
        title="There is no project yet."
        action={<ButtonLink to="/funding/projects">Add projects</ButtonLink>}
      >
        A budget says what each project may cost. What the organisation costs whatever it does is a
        project too, the core one.
      </EmptyState>
    );
  }
  const { lines } = form.values;
  const last = lines.at(-1);
  const blank = (): TypedLine => ({
    projectId: last?.projectId ?? projects[0]?.id ?? '',
    fundId: last?.fundId ?? '',
    category: '',
    figure: '',
  });
  const categories = [...new Set(lines.map(({ category }) => category).filter(Boolean))];
  return (
    <form onSubmit={submit} noValidate>
      <FormProblem message={problem} />
      <div className={classes.lines}>
        {lines.map((line, i) => (
          <VersionLine
            key={i}
            n={i + 1}
            props={(field) => form.getInputProps(`lines.${i}.${field}`)}
            figure={line.figure}
            onFigure={(figure) => form.setFieldValue(`lines.${i}.figure`, figure)}
            error={form.errors[`lines.${i}.cents`]}
            projects={projects}
            funds={funds}
            onRemove={() => form.removeListItem('lines', i)}
          />
        ))}
      </div>
      <datalist id="categories">
        {['Overhead', ...categories.filter((one) => one !== 'Overhead')].map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Group justify="space-between" my="md">
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => form.insertListItem('lines', blank())}
        >
          Add a line
        </Button>
        <span role="status" className={classes.total}>
          {formatMajorMoney(
            lines.reduce((sum, line) => sum + centsOf(line), 0),
            currency,
          )}{' '}
          together
        </span>
      </Group>
      <Textarea label="Note" autosize minRows={2} {...form.getInputProps('note')} />
      <Group justify="flex-end" mt="md">
        <SubmitButton busy={save.isPending} disabled={!dirty || isBehind}>
          Save the draft
        </SubmitButton>
      </Group>
    </form>
  );
}
