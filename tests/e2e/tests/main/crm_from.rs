//! **From** shows what a call is placed from, also after another number was chosen by hand.

use ringdock_e2e::Result;
use ringdock_e2e::crm::Crm;
use ringdock_e2e::stage::{DANA, run};

const LONDON: &str = "Hartley & Moor London +442079460200";
const LEEDS: &str = "Hartley & Moor Leeds +441134960200";

/// A customer who called Leeds last; Dana was called from London.
const GRACE: &str = "+441134960322";

#[test]
fn a_choice_by_hand_gives_way_to_the_number_that_the_next_customer_knows() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        dock.button("Dial pad").click().await?;
        let (number, from) = (dock.part("combobox", "Phone number"), dock.part("combobox", "From"));
        from.wait_value(LONDON).await?;
        number.fill(DANA.number).await?;
        from.tab_back_to().await?;
        dock.press("Hartley & Moor Le").await?;
        from.wait_value(LEEDS).await?;
        // Backspace: what was chosen was chosen for Dana.
        number.fill("\u{e003}").await?;
        number.wait_value("").await?;
        number.fill(DANA.number).await?;
        from.wait_value(LONDON).await?;
        number.fill(GRACE).await?;
        from.wait_value(LEEDS).await?;
        number.fill(DANA.number).await?;
        from.wait_value(LONDON).await
    })
}
