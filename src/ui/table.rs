//! Tables of the console: a table that may be wider than the screen, and the one that most pages
//! write, of columns and rows.

use leptos::prelude::*;

/// Scrolls what is too wide for the page; the keyboard reaches it (WCAG 2.1.1), so it has a name.
#[component]
pub fn TableRegion(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! {
        <section class="table-wrap" aria-label=label tabindex="0">
            {children()}
        </section>
    }
}

/// A column of a [`DataTable`]: its heading, and how its cells are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    heading: &'static str,
    class: &'static str,
    is_row_head: bool,
    is_named: bool,
}

impl Column {
    /// A column whose cells say by themselves what they are.
    pub const fn new(heading: &'static str) -> Self {
        Self {
            heading,
            class: "",
            is_row_head: false,
            is_named: false,
        }
    }

    /// A column whose cells need the heading before them where a row is a card, on a phone.
    pub const fn named(heading: &'static str) -> Self {
        Self {
            is_named: true,
            ..Self::new(heading)
        }
    }

    /// The column that names its row.
    pub const fn row_head(heading: &'static str) -> Self {
        Self {
            is_row_head: true,
            ..Self::new(heading)
        }
    }

    /// The same with a class for heading and cells: `number`, `tabular nowrap`.
    pub const fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    fn class_name(self) -> Option<&'static str> {
        (!self.class.is_empty()).then_some(self.class)
    }

    fn heading(self) -> impl IntoView {
        view! {
            <th scope="col" class=self.class_name()>
                {self.heading}
            </th>
        }
    }

    fn cell(self, content: AnyView) -> AnyView {
        if self.is_row_head {
            return view! {
                <th scope="row" class=self.class_name()>
                    {content}
                </th>
            }
            .into_any();
        }
        let label = self.is_named.then_some(self.heading);
        view! {
            <td class=self.class_name() data-label=label>
                {content}
            </td>
        }
        .into_any()
    }
}

/// A table whose rows become cards on phones, unless `class` says otherwise. Each row has a cell for
/// each column, in their order; an empty one is left out of its card.
#[component]
pub fn DataTable(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What its numbers count, read above it.
    #[prop(optional, into)]
    caption: String,
    /// How it is laid out.
    #[prop(default = "table-cards")]
    class: &'static str,
    /// Its columns.
    #[prop(into)]
    columns: Vec<Column>,
    /// What stands in its rows.
    rows: Vec<Vec<AnyView>>,
) -> impl IntoView {
    let caption = (!caption.is_empty()).then(|| view! { <caption>{caption}</caption> });
    let headings = columns.iter().map(|column| column.heading()).collect_view();
    let rows = rows.into_iter().map(|cells| {
        let cells = columns.iter().zip(cells);
        let cells = cells.map(|(column, content)| column.cell(content));
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <TableRegion label>
            <table class=format!(
                "table {class}",
            )>
                {caption} <thead>
                    <tr>{headings}</tr>
                </thead> <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
    .into_any()
}

/// A cell of plain text; an empty one says nothing.
pub fn text_cell(text: String) -> AnyView {
    Some(text).filter(|text| !text.is_empty()).into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_take_heading_and_class_from_their_column() {
        let columns = [
            Column::row_head("Số hồ sơ").class("tabular"),
            Column::named("Người làm"),
            Column::new("Việc"),
        ];
        let row = ["PA26", "An", ""].map(|text| text_cell(text.to_owned()));
        let rows = vec![row.into()];
        let table = view! { <DataTable label="Nhật ký" columns rows /> };
        let html = Owner::new().with(|| table.to_html());
        for part in [
            "aria-label=\"Nhật ký\"",
            "<th scope=\"col\" class=\"tabular\">Số hồ sơ</th>",
            "<th scope=\"row\" class=\"tabular\">PA26",
            "<td data-label=\"Người làm\">An",
            "<td></td>",
        ] {
            let plain = html.replace("<!>", "").replace(" class=\"\"", "");
            assert!(plain.contains(part), "{part}: {plain}");
        }
    }
}
