//! The site: the public pages and the doors to the console, written by the server, with islands
//! where the program helps.

use super::shared_device::ForgetPage;
use crate::{
    accounts::{
        AuditPage, NewPasswordPage, PersonPage, ReauthenticationPage, SecondFactorPage, SignInPage,
        StaffPage,
    },
    guidance::{GuidePage, HomePage, PrivacyPage},
    routes::segments,
    statistics::{ByUnitPage, LeadershipPage, MeaningPage, ReportsPage, TransparencyPage},
    submit::{EntryPage, FormPage, ReceiptPage},
    track::{FollowPage, LookUpPage},
    ui::RefusedPage,
};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
};

/// Every page of the site.
#[component]
pub(super) fn Site() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=RefusedPage>
                // public
                <Route path=segments::home() view=HomePage ssr=SsrMode::Async />
                <Route path=segments::form() view=FormPage ssr=SsrMode::Async />
                <Route path=segments::receipt() view=ReceiptPage ssr=SsrMode::Async />
                <Route path=segments::look_up() view=LookUpPage ssr=SsrMode::Async />
                <Route path=segments::follow() view=FollowPage ssr=SsrMode::Async />
                <Route path=segments::forget() view=ForgetPage ssr=SsrMode::Async />
                <Route path=segments::transparency() view=TransparencyPage ssr=SsrMode::Async />
                <Route path=segments::figures_by_unit() view=ByUnitPage ssr=SsrMode::Async />
                <Route path=segments::meaning() view=MeaningPage ssr=SsrMode::Async />
                <Route path=segments::guide() view=GuidePage ssr=SsrMode::Async />
                <Route path=segments::privacy() view=PrivacyPage ssr=SsrMode::Async />
                // staff: plain forms, and the form for a caller, which is the public one
                <Route path=segments::sign_in() view=SignInPage ssr=SsrMode::Async />
                <Route
                    path=segments::reauthentication()
                    view=ReauthenticationPage
                    ssr=SsrMode::Async
                />
                <Route path=segments::second_factor() view=SecondFactorPage ssr=SsrMode::Async />
                <Route path=segments::new_password() view=NewPasswordPage ssr=SsrMode::Async />
                <Route path=segments::staff() view=StaffPage ssr=SsrMode::Async />
                <Route path=segments::person() view=PersonPage ssr=SsrMode::Async />
                <Route path=segments::audit() view=AuditPage ssr=SsrMode::Async />
                <Route path=segments::entry() view=EntryPage ssr=SsrMode::Async />
                <Route path=segments::entry_receipt() view=EntryPage ssr=SsrMode::Async />
                // leadership: read on a phone between two meetings, without any program
                <Route path=segments::leadership() view=LeadershipPage ssr=SsrMode::Async />
                <Route path=segments::reports() view=ReportsPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
