import { Button, Group, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Template } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { useMay } from '@/shared/session/session';
import { EmptyState, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { RowMenu } from '@/shared/ui/RowMenu';
import { ApplyDialog } from './ApplyDialog';
import { TemplateDialog } from './TemplateDialog';
import { templatesQuery } from '@/shared/tasks/queries';
import { useRemoveTemplate } from './templates';

type Open =
  { what: 'edit'; template: Template | undefined } | { what: 'apply'; template: Template };

/** Lists of tasks that come up again and again around a day. */
export function TemplatesPage() {
  const templates = useQuery(templatesQuery);
  const mayWrite = useMay('engagement:write');
  const [open, setOpen] = useState<Open | null>(null);
  const add = mayWrite && (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setOpen({ what: 'edit', template: undefined })}
    >
      New template
    </Button>
  );
  return (
    <Page
      title="Task templates"
      back={
        <TextLink to="/tasks">
          <BackLabel>Tasks</BackLabel>
        </TextLink>
      }
      actions={add}
    >
      <Ready query={templates}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No templates yet.">
              A template holds tasks that come up around a day, such as the deadline of a report:
              what is to be done, and how many days before or after.
            </EmptyState>
          ) : (
            <PlainTable label="Task templates" minWidth={560} stacked>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>Counts from</Table.Th>
                  <Table.Th>Tasks</Table.Th>
                  <Table.Th>
                    <span className="visually-hidden">Actions</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td fw={500}>{one.name}</Table.Td>
                    <Table.Td>{one.anchor}</Table.Td>
                    <Table.Td>{plural(one.items.length, 'task')}</Table.Td>
                    <Table.Td>{mayWrite && <Actions template={one} onOpen={setOpen} />}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </PlainTable>
          )
        }
      </Ready>
      <TemplateDialog open={open?.what === 'edit' ? open : null} onClose={() => setOpen(null)} />
      <ApplyDialog
        template={open?.what === 'apply' ? open.template : null}
        onClose={() => setOpen(null)}
      />
    </Page>
  );
}

function Actions({ template, onOpen }: { template: Template; onOpen: (open: Open) => void }) {
  const remove = useRemoveTemplate();
  return (
    <Group gap="xs" justify="flex-end" wrap="nowrap">
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Apply ${template.name}`}
        onClick={() => onOpen({ what: 'apply', template })}
      >
        Apply…
      </Button>
      <RowMenu
        of={template.name}
        actions={[
          { label: 'Edit…', onClick: () => onOpen({ what: 'edit', template }) },
          { label: 'Remove', onClick: () => remove.mutate(template), danger: true },
        ]}
      />
    </Group>
  );
}
