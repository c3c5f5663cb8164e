//! A published table as a figure of the house.

use super::{
    article::{Chart, FigureView, Grid},
    catalogue::Table,
};
use crate::{
    case::Kind,
    routes,
    ui::{BarChart, ColumnChart, Figure, TableRegion},
};
use leptos::prelude::*;

/// What is told of no single column.
const UNDIVIDED: &str = "Không tách riêng";

/// The figure of a table; of one that is not out yet its heading and why.
#[component]
pub(super) fn TableFigure(figure: FigureView) -> impl IntoView {
    let FigureView {
        table,
        reading,
        chart,
        grid,
    } = figure;
    let (code, meaning) = (table.code(), table.meaning());
    if grid.rows.is_empty() {
        return view! {
            <section class="figure" id=code>
                <h2>{meaning.title}</h2>
                <p class="figure-reading">{reading}</p>
            </section>
        }
        .into_any();
    }
    let forms = [("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON")];
    let file = |form| routes::figures_file(&routes::table_file(code, form));
    let downloads = forms.map(|(form, name)| (file(form), name)).into();
    let how = (meaning.counts, routes::meaning(code));
    let numbers = view! { <GridTable grid /> }.into_any();
    view! {
        <Figure id=code title=meaning.title reading table=numbers meaning=how downloads>
            {chart.map(|chart| drawn(table, chart))}
        </Figure>
    }
    .into_any()
}

fn drawn(table: Table, chart: Chart) -> AnyView {
    let label = table.label();
    match chart {
        Chart::Columns(columns) if table == Table::Flow => {
            view! { <ColumnChart label columns /> }.into_any()
        }
        Chart::Columns(columns) => {
            let series = series(table);
            view! { <ColumnChart label series rest=true columns /> }.into_any()
        }
        Chart::Bars(bars) if bars.iter().any(|bar| bar.values.len() > 1) => {
            let series = series(table);
            view! { <BarChart series bars /> }.into_any()
        }
        Chart::Bars(bars) => view! { <BarChart bars /> }.into_any(),
    }
}

/// Names of the parts of a column or bar; none for a table of totals.
fn series(table: Table) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = match table {
        Table::ByKind | Table::ByUnitAndKind => Kind::ALL.iter().map(|kind| kind.short()).collect(),
        _ => table
            .classes()
            .into_iter()
            .map(|(_, label)| label)
            .collect(),
    };
    if !names.is_empty() {
        names.push(UNDIVIDED);
    }
    names
}

#[component]
fn GridTable(grid: Grid) -> impl IntoView {
    let heads = grid.heads.into_iter().enumerate().map(|(i, head)| {
        let class = (i > 0).then_some("number");
        view! {
            <th scope="col" class=class>
                {head}
            </th>
        }
    });
    let row = |(name, cells): (String, Vec<String>)| {
        let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> });
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells.collect_view()}
            </tr>
        }
    };
    let heads = heads.collect_view();
    view! {
        <TableRegion label=grid.caption.clone()>
            <table class="table grid">
                <caption>{grid.caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{grid.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </TableRegion>
    }
}
