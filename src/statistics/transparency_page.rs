//! `/minh-bach` and `/minh-bach/don-vi`: an article with figures. A sentence states the finding, the
//! chart shows it, the table proves it, the link downloads it.

use super::{
    article::{FigureView, TransparencyView},
    queries::released_figures,
    releases_list::ReleasesList,
    table_figure::TableFigure,
};
use crate::{
    routes::{self, Route},
    ui::{EmptyState, Notice, PublicLayout, StatusSlot, Title, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The transparency page: the whole department.
#[component]
pub fn TransparencyPage() -> impl IntoView {
    view! {
        <Title text="Số liệu công khai" />
        <PublicLayout>
            <h1>"Số liệu công khai"</h1>
            <p class="lede">
                "Sở nhận bao nhiêu phản ánh, kiến nghị, về việc gì, và giải quyết ra sao. Số liệu \
                 được hai người duyệt, công bố một lần và không thay đổi về sau. Số quá nhỏ được gộp \
                 chung, để không ai bị nhận ra."
            </p>
            <Figures page=routes::TRANSPARENCY />
        </PublicLayout>
    }
    .into_any()
}

/// The same by unit.
#[component]
pub fn ByUnitPage() -> impl IntoView {
    view! {
        <Title text="Số liệu theo đơn vị" />
        <PublicLayout>
            <h1>"Số liệu theo đơn vị"</h1>
            <p class="lede">
                "Phản ánh, kiến nghị về từng đơn vị, và trả lời có đúng hạn không. Đơn vị có ít người \
                 hoặc ít phản ánh được gộp chung. Số nhiều hay ít còn tùy lượng hồ sơ mỗi đơn vị giải \
                 quyết, nên không dùng để xếp hạng."
            </p>
            <Figures page=routes::FIGURES_BY_UNIT />
        </PublicLayout>
    }
    .into_any()
}

/// The figures of a page, of the year in the address.
#[component]
fn Figures(page: Route) -> impl IntoView {
    let query = use_query_map();
    let year = move || {
        query.with(|query| {
            query
                .get_str("nam")
                .and_then(|year| year.parse().ok())
                .unwrap_or(0)
        })
    };
    let by_unit = page == routes::FIGURES_BY_UNIT;
    let figures = Resource::new(year, move |year| released_figures(year, by_unit));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match figures.await {
                    Ok(view) => view! { <Article page view /> }.into_any(),
                    Err(error) => {
                        view! {
                            <Notice tone=Tone::Danger>
                                <p>{error.message()}</p>
                            </Notice>
                        }
                            .into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn Article(page: Route, view: TransparencyView) -> impl IntoView {
    if view.years.is_empty() {
        return view! { <Waiting /> }.into_any();
    }
    let (is_told, year) = (!view.figures.is_empty(), view.year);
    let whole = page == routes::TRANSPARENCY;
    let releases = (is_told && whole).then(|| {
        view! { <ReleasesList releases=view.releases /> }
    });
    let figures = if is_told {
        view! {
            <Contents figures=view.figures.clone() year whole />
            <div class="figures">
                {view
                    .figures
                    .into_iter()
                    .map(|figure| view! { <TableFigure figure /> })
                    .collect_view()}
            </div>
        }
        .into_any()
    } else {
        StatusSlot::want(404);
        view! {
            <EmptyState title="Không có số liệu của năm này">
                <p>"Ông/Bà có thể chọn một trong các năm ở trên."</p>
            </EmptyState>
        }
        .into_any()
    };
    view! {
        <Years page years=view.years chosen=year />
        {figures}
        {releases}
    }
    .into_any()
}

/// Before the first release: what will be here, when, and why not sooner.
#[component]
fn Waiting() -> impl IntoView {
    view! {
        <EmptyState title="Chưa có số liệu được công bố">
            <p>
                "Từ ngày 10 tháng sau, số liệu của một tháng được chốt, kiểm tra và duyệt để công bố. \
                 Tháng có quá ít phản ánh, kiến nghị thì chờ và được công bố chung với các tháng kế \
                 tiếp, để không ai bị nhận ra. Vì vậy, nơi mỗi tháng chỉ có vài phản ánh, kiến nghị \
                 thì trang này nói ít, và nói muộn."
            </p>
            <p>
                <a href=routes::MEANING.path>"Cách tính và cách công bố"</a>
            </p>
        </EmptyState>
    }
}

#[component]
fn Years(page: Route, years: Vec<i32>, chosen: i32) -> impl IntoView {
    let link = move |year: i32| {
        let text = match year {
            0 => "Gần đây".to_owned(),
            year => year.to_string(),
        };
        view! {
            <li>
                <a
                    href=routes::figures_of(page, year)
                    aria-current=(year == chosen).then_some("page")
                >
                    {text}
                </a>
            </li>
        }
    };
    let links = std::iter::once(0).chain(years).map(link).collect_view();
    view! {
        <nav class="tabs" aria-label="Kỳ số liệu">
            <ul>{links}</ul>
        </nav>
    }
}

/// The questions that the article answers, each leading to its figure; and the way to the other
/// page.
#[component]
fn Contents(figures: Vec<FigureView>, year: i32, whole: bool) -> impl IntoView {
    let entry = |figure: FigureView| {
        let table = figure.table;
        view! {
            <li>
                <a href=format!("#{}", table.code())>{table.meaning().title}</a>
            </li>
        }
    };
    let (other, text) = match whole {
        true => (routes::FIGURES_BY_UNIT, "Số liệu theo từng đơn vị"),
        false => (routes::TRANSPARENCY, "Số liệu của toàn Sở"),
    };
    view! {
        <nav class="contents" aria-labelledby="muc-luc">
            <h2 id="muc-luc">"Trang này trả lời"</h2>
            <ol>{figures.into_iter().map(entry).collect_view()}</ol>
            <p>
                <a href=routes::figures_of(other, year)>{text}</a>
                " · "
                <a href=routes::MEANING.path>"Cách tính"</a>
            </p>
        </nav>
    }
}
