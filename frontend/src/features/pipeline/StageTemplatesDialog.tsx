import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { StageRule, StageTemplates, Template } from '@/shared/api/types';
import { DialogFrame } from '@/shared/forms/DialogFrame';
import { useDialogForm } from '@/shared/forms/useDialogForm';
import { LoadingRows, Ready } from '@/shared/states/states';
import { templatesQuery } from '@/shared/tasks/queries';
import { Dialog } from '@/shared/ui/Dialog';
import { TextLink } from '@/shared/ui/links';
import { stagesQuery, stageTemplatesQuery, useSetStageTemplates } from './queries';

/** Says which template of tasks an opportunity gets when it comes into a stage. */
export function StageTemplatesDialog({ onClose }: { onClose: () => void }) {
  const stages = useQuery(stagesQuery);
  const templates = useQuery(templatesQuery);
  const chosen = useQuery(stageTemplatesQuery);
  const all = {
    data: stages.data &&
      templates.data &&
      chosen.data && {
        stages: stages.data.stages,
        templates: templates.data.items,
        of: chosen.data,
      },
    error: stages.error ?? templates.error ?? chosen.error,
    isPending: stages.isPending || templates.isPending || chosen.isPending,
    refetch: () => Promise.all([stages.refetch(), templates.refetch(), chosen.refetch()]),
  };
  if (all.data) return <Form {...all.data} onClose={onClose} />;
  return (
    <Dialog opened onClose={onClose} title="Tasks by stage">
      <Ready query={all} loading={<LoadingRows rows={5} />}>
        {() => null}
      </Ready>
    </Dialog>
  );
}

interface FormProps {
  of: StageTemplates;
  stages: StageRule[];
  templates: Template[];
  onClose: () => void;
}

function Form({ of, stages, templates, onClose }: FormProps) {
  const save = useSetStageTemplates();
  // A save goes onto what the form began from, whatever is read behind it.
  const [base] = useState(of);
  const { form, problem, busy, submit } = useDialogForm(
    Object.fromEntries(
      stages.map(({ stage }) => [
        stage,
        base.templates.find((one) => one.stage === stage)?.templateId ?? '',
      ]),
    ),
    (values) =>
      save.mutateAsync({
        rev: base.rev,
        templates: stages.flatMap(({ stage }) => {
          const templateId = values[stage];
          return templateId ? [{ stage, templateId }] : [];
        }),
      }),
    onClose,
  );
  return (
    <DialogFrame title="Tasks by stage" {...{ problem, busy, onClose }} onSubmit={submit}>
      <p style={{ margin: 0 }}>
        An opportunity that comes into a stage brings the tasks of its template, once. Templates are
        written under{' '}
        <TextLink to="/tasks/templates" underline="always">
          Tasks
        </TextLink>
        .
      </p>
      {stages.map(({ stage, name }) => (
        <NativeSelect
          key={stage}
          label={name}
          data={[
            { value: '', label: 'No tasks' },
            ...templates.map((one) => ({ value: one.id, label: one.name })),
          ]}
          {...form.getInputProps(stage)}
        />
      ))}
    </DialogFrame>
  );
}
